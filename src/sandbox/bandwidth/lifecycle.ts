import { LONG_TALK_MS, outcomeOf, REFUSAL_MS, RING_MS, TALK_MS } from '../assumptions.ts';
import type { Entry, Step } from '../call-table.ts';
import { type BandwidthCall, toTime } from './call.ts';
import type { CarrierContext } from './carrier-context.ts';
import { hooksOf } from './hooks-of.ts';
import { requestScript } from './script.ts';
import { answer, type Ending, end, hangupAt, refusalOf } from './states.ts';

/** The scheduled changes of a dialled call: it rings for at most `timeout` seconds, then has the destination's outcome. */
function lifecycleFrom(
  context: CarrierContext,
  entry: Entry<BandwidthCall>,
  dialled: number,
  timeout: number,
): readonly Step<BandwidthCall>[] {
  const { to, callId } = entry.call;
  const callee = context.meet(to, callId);
  const outcome = callee.outcome ?? outcomeOf(to);
  const refusal = refusalOf(context, outcome);
  const rings = callee.answersAfter ?? (refusal === undefined ? RING_MS : REFUSAL_MS);
  const silent = dialled + timeout * 1000;
  const closing = (at: number, ending: Ending) => [
    { at, apply: (call: BandwidthCall) => end(context, call, at, ending) },
  ];
  if (outcome === 'unanswered') return closing(silent, { ...refusal, cause: 'timeout' });
  if (refusal !== undefined) return closing(dialled + rings, refusal);
  const answered = dialled + rings;
  if (answered > silent) return closing(silent, refusalOf(context, 'unanswered') ?? { cause: 'timeout' });
  const talk = callee.hangsUpAfter ?? (outcome === 'long' ? LONG_TALK_MS : TALK_MS);
  const pickUp = (call: BandwidthCall) => {
    answer(call, answered);
    requestScript(context, entry, hooksOf(context, call).answer, { eventType: 'answer', at: answered });
  };
  return [{ at: answered, apply: pickUp }, ...hangupAt(context, answered + talk)];
}

/** The earliest time at which something may be due. */
export function nextDue({ arrivals, queue, table }: CarrierContext): number {
  return Math.min(arrivals.nextDue, queue.nextDue, table.nextDue);
}

/** Applies everything that is due: dials queued calls, then applies scheduled changes. */
export function settle(context: CarrierContext): void {
  const now = context.clock.now();
  context.arrivals.settle(now);
  context.queue.settle(now, (entry, at, timeout) => {
    entry.call.state = 'initiated';
    entry.call.startTime = toTime(at);
    entry.call.lastUpdate = toTime(at);
    context.table.replan(entry, lifecycleFrom(context, entry, at, timeout));
  });
  context.table.settle(now);
}
