import {
  LONG_TALK_MS,
  MEDIA_MS,
  outcomeOf,
  QUEUE_MS,
  REFUSAL_MS,
  RING_MS,
  TALK_MS,
} from '../../assumptions.ts';
import type { Entry, Step } from '../../call-table.ts';
import { foldStatus, isOver, type RestcommCall, secondsBetween } from '../call.ts';
import { type CarrierContext, toStored } from './carrier-context.ts';

/** The scheduled changes of a call created by the API. Source: Restcomm-Connect Call.java, the writers of its record. */
export function lifecycleOf(
  context: CarrierContext,
  created: number,
  to: string,
  timeout: number,
): readonly Step<RestcommCall>[] {
  const step = (at: number, members: (call: RestcommCall) => Partial<RestcommCall>): Step<RestcommCall> => ({
    at,
    apply: (call) => Object.assign(call, members(call), { date_updated: toStored(at, context.database) }),
  });
  const outcome = outcomeOf(to);
  const invited = created + QUEUE_MS;
  const refused = invited + REFUSAL_MS;
  const silent = invited + timeout * 1000;
  const picked = invited + RING_MS;
  const ringing = step(invited, () => ({ status: 'RINGING' }));
  const rang = (call: RestcommCall, at: number) => secondsBetween(call.start_time ?? created, at);
  if (outcome === 'unanswered' || (silent < picked && (outcome === 'answered' || outcome === 'long'))) {
    return [ringing, hangupAt(context, silent)];
  }
  if (outcome === 'busy' || outcome === 'rejected') {
    return [
      ringing,
      step(refused, (call) => ({ status: 'BUSY', duration: 0, ring_duration: rang(call, refused) })),
    ];
  }
  if (outcome === 'failed' || outcome === 'not-found')
    return [ringing, step(refused, () => ({ status: 'FAILED' }))];
  const talk = outcome === 'long' ? LONG_TALK_MS : TALK_MS;
  return [
    ringing,
    step(picked, (call) => ({
      ring_duration: rang(call, picked),
      start_time: toStored(picked, context.database),
    })),
    step(picked + MEDIA_MS, (call) => ({ status: 'in-progress', answered_by: call.to })),
    hangupAt(context, picked + talk),
  ];
}

/** The hang-up of a call by either side: `canceled` before it is answered, `completed` afterwards. */
export function hangupAt(context: CarrierContext, at: number): Step<RestcommCall> {
  return {
    at,
    apply(call) {
      const stored = toStored(at, context.database);
      call.status = foldStatus(call.status) === 'in-progress' ? 'completed' : 'canceled';
      call.end_time = stored;
      call.duration = secondsBetween(call.start_time ?? stored, stored);
      call.date_updated = stored;
    },
  };
}

/** Hangs up immediately. */
export function hangUp(context: CarrierContext, entry: Entry<RestcommCall>): void {
  hangupAt(context, context.clock.now()).apply(entry.call);
  context.table.replan(entry, []);
}

/** The active children and the active parent of a call. */
export function peersOf(context: CarrierContext, call: RestcommCall): readonly Entry<RestcommCall>[] {
  const isPeer = (other: RestcommCall) =>
    other.parent_call_sid === call.sid || call.parent_call_sid === other.sid;
  return context.table.inOrder().filter((entry) => isPeer(entry.call) && !isOver(entry.call.status));
}

/** Restarts the script of a call, which then lasts for another `TALK_MS`. */
export function restart(context: CarrierContext, entry: Entry<RestcommCall>): void {
  context.table.replan(entry, [hangupAt(context, context.clock.now() + TALK_MS)]);
}
