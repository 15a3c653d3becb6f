import { LONG_TALK_MS, outcomeOf, QUEUE_MS, REFUSAL_MS, RING_MS, TALK_MS } from '../../assumptions.ts';
import type { Step } from '../../call-table.ts';
import { type RestcommCall, secondsBetween } from '../call.ts';
import type { CarrierContext } from './carrier-context.ts';

/** The first sweep after an instant, in milliseconds. Source: RestComm/sbc Monitor.java. */
export function sweepAfter(context: CarrierContext, instant: number): number {
  return context.started + (Math.floor((instant - context.started) / context.sweep) + 1) * context.sweep;
}

/** A sweep does not change the call, but invalidates cached lists. */
export function sweepStep(at: number): Step<RestcommCall> {
  return { at, apply() {} };
}

/** The end of a call: end_time was set from the start and is now right; duration includes the ringing. Call.java */
export function endStep(at: number, status: string): Step<RestcommCall> {
  return {
    at,
    apply(call) {
      call.status = status;
      call.end_time = at;
      call.duration = secondsBetween(call.start_time ?? at, at);
      call.date_updated = at;
    },
  };
}

/** The scheduled changes of a created call: those of Connect, in SBC's spelling. */
export function lifecycleOf(created: number, to: string, timeout: number): readonly Step<RestcommCall>[] {
  const step = (at: number, members: Partial<RestcommCall>): Step<RestcommCall> => ({
    at,
    apply: (call) => Object.assign(call, members, { date_updated: at }),
  });
  const outcome = outcomeOf(to);
  const rings = created + QUEUE_MS;
  const ringing = step(rings, { status: 'RINGING', start_time: rings });
  const refused = rings + REFUSAL_MS;
  const silent = rings + timeout * 1000;
  const picked = rings + RING_MS;
  const talks = outcome === 'answered' || outcome === 'long';
  if (outcome === 'unanswered' || (talks && silent < picked)) return [ringing, endStep(silent, 'NO_ANSWER')];
  if (outcome === 'busy' || outcome === 'rejected') return [ringing, endStep(refused, 'BUSY')];
  if (outcome === 'not-found') return [ringing, endStep(refused, 'NOT_FOUND')];
  if (outcome === 'failed') return [ringing, endStep(refused, 'FAILED')];
  const talk = outcome === 'long' ? LONG_TALK_MS : TALK_MS;
  const answered = step(picked, { status: 'IN_PROGRESS', ring_duration: secondsBetween(created, rings) });
  return [ringing, answered, endStep(picked + talk, 'COMPLETED')];
}
