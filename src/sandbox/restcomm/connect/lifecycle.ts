import {
  INVITE_MS,
  LONG_TALK_MS,
  MEDIA_MS,
  outcomeOf,
  QUEUE_MS,
  REFUSAL_MS,
  RING_MS,
  TALK_MS,
} from '../../assumptions.ts';
import type { Entry, Step } from '../../call-table.ts';
import { type RestcommCall, secondsBetween } from '../call.ts';
import { type CarrierContext, toStored } from './carrier-context.ts';
import { farEndAt, hangupAt } from './hangup.ts';
import type { Address, Script } from './leg.ts';
import { hasReachableScript, startScript } from './script.ts';
import { legOf, tellEnd, tellProgress } from './status-callbacks.ts';

/** The scheduled changes of a call created by the API. Source: Restcomm-Connect Call.java, the writers of its record. */
export function lifecycleOf(
  context: CarrierContext,
  { sid }: RestcommCall,
  created: number,
  timeout: number,
  to: string,
): readonly Step<RestcommCall>[] {
  const step = (
    at: number,
    members: (call: RestcommCall) => Partial<RestcommCall>,
    tell: (call: RestcommCall) => void = () => {},
  ): Step<RestcommCall> => ({
    at,
    apply(call) {
      Object.assign(call, members(call), { date_updated: toStored(at, context.database) });
      tell(call);
    },
  });
  const callee = context.meet(to, sid);
  const outcome = callee.outcome ?? outcomeOf(to);
  const dialled = created + QUEUE_MS;
  const refused = dialled + (callee.answersAfter ?? REFUSAL_MS);
  const silent = dialled + timeout * 1000;
  const picked = dialled + (callee.answersAfter ?? RING_MS);
  const media = picked + MEDIA_MS;
  const rang = (call: RestcommCall, at: number) => secondsBetween(call.start_time ?? created, at);
  const ringing: Step<RestcommCall>[] = [
    {
      at: created + INVITE_MS,
      apply: (call) => tellProgress(context, call, 'initiated', created + INVITE_MS),
    },
    step(
      dialled,
      () => ({ status: 'RINGING' }),
      (call) => tellProgress(context, call, 'ringing', dialled),
    ),
  ];
  const refuse = (members: (call: RestcommCall) => Partial<RestcommCall>) =>
    step(refused, members, (call) => tellEnd(context, call, refused));
  if (outcome === 'unanswered' || (silent < picked && (outcome === 'answered' || outcome === 'long'))) {
    const end = context.ringTimer ? step(silent, () => ({ status: 'NO_ANSWER' })) : hangupAt(context, silent);
    return [...ringing, end];
  }
  if (outcome === 'busy' || outcome === 'rejected') {
    return [
      ...ringing,
      refuse((call) => ({ status: 'BUSY', duration: 0, ring_duration: rang(call, refused) })),
    ];
  }
  if (outcome === 'failed' || outcome === 'not-found')
    return [...ringing, refuse(() => ({ status: 'FAILED' }))];
  const talk = callee.hangsUpAfter ?? (outcome === 'long' ? LONG_TALK_MS : TALK_MS);
  const connected = (call: RestcommCall) => {
    tellProgress(context, call, 'answered', media);
    const entry = context.table.get(sid);
    const script = context.legs.get(call)?.script;
    if (entry !== undefined && hasReachableScript(context, script))
      startScript(context, entry, script, media);
  };
  return [
    ...ringing,
    step(picked, (call) => ({
      ring_duration: rang(call, picked),
      start_time: toStored(picked, context.database),
    })),
    step(media, (call) => ({ status: 'in-progress', answered_by: call.to }), connected),
    farEndAt(context, picked + talk),
  ];
}

/**
 * Replaces the script of a call: after `delay` the new document is asked for. If it is elsewhere, the call lasts for
 * another `TALK_MS`.
 */
export function restart(
  context: CarrierContext,
  entry: Entry<RestcommCall>,
  { script, callback, delay }: { script?: Script | undefined; callback?: Address | undefined; delay: number },
): void {
  const now = context.clock.now();
  if (!hasReachableScript(context, script)) {
    legOf(context, entry.call).run?.stop();
    context.table.replan(entry, [farEndAt(context, now + TALK_MS)]);
    return;
  }
  const leg = legOf(context, entry.call);
  leg.run?.stop();
  leg.scriptCallback = callback;
  const at = now + delay;
  const start = { at, apply: () => startScript(context, entry, script, at) };
  const later = entry.plan.filter((step) => step.at > at);
  context.table.replan(entry, [start, ...later]);
}
