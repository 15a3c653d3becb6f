import { LONG_TALK_MS, outcomeOf, REFUSAL_MS, RING_MS, TALK_MS } from '../assumptions.ts';
import type { Step } from '../call-table.ts';
import { type BandwidthCall, toTime } from './call.ts';
import type { CarrierContext } from './carrier-context.ts';

/** The end of a call: the documented cause, and message and id of an error. */
export interface Ending {
  readonly cause: string;
  readonly message?: string;
  readonly errorId?: string;
}

/** Ends a call. The startTime of a call that was never dialled remains null. */
export function end(call: BandwidthCall, at: number, ending: Ending): void {
  call.state = 'disconnected';
  call.endTime = toTime(at);
  call.disconnectCause = ending.cause;
  call.errorMessage = ending.message ?? null;
  call.errorId = ending.errorId ?? null;
  call.lastUpdate = toTime(at);
}

/** Marks a call as answered. */
export function answer(call: BandwidthCall, at: number): void {
  call.state = 'answered';
  call.answerTime = toTime(at);
  call.lastUpdate = toTime(at);
}

/** The scheduled hang-up of a call whose script ends at `at`. */
export function hangupAt(at: number): readonly Step<BandwidthCall>[] {
  return [{ at, apply: (call) => end(call, at, { cause: 'hangup' }) }];
}

/** The scheduled changes of a dialled call: it rings for at most `timeout` seconds, then has the destination's outcome. */
function lifecycleFrom(
  dialled: number,
  to: string,
  timeout: number,
  errorId: string,
): readonly Step<BandwidthCall>[] {
  const outcome = outcomeOf(to);
  const closing = (at: number, ending: Ending) => [
    { at, apply: (call: BandwidthCall) => end(call, at, ending) },
  ];
  const refused = dialled + REFUSAL_MS;
  const silent = dialled + timeout * 1000;
  const answered = dialled + RING_MS;
  if (outcome === 'unanswered' || (answered > silent && (outcome === 'answered' || outcome === 'long'))) {
    return closing(silent, { cause: 'timeout', message: 'Call was not answered', errorId });
  }
  if (outcome === 'busy') return closing(refused, { cause: 'busy', message: 'Callee is busy', errorId });
  if (outcome === 'rejected')
    return closing(refused, { cause: 'rejected', message: 'Callee rejected the call', errorId });
  if (outcome === 'not-found')
    return closing(refused, { cause: 'error', message: 'Callee not found', errorId });
  if (outcome === 'failed')
    return closing(refused, { cause: 'error', message: 'Service unavailable', errorId });
  const talk = outcome === 'long' ? LONG_TALK_MS : TALK_MS;
  return [{ at: answered, apply: (call) => answer(call, answered) }, ...hangupAt(answered + talk)];
}

/** Applies everything that is due: dials queued calls, then applies scheduled changes. */
export function settle(context: CarrierContext): void {
  const now = context.clock.now();
  context.queue.settle(now, (entry, at, timeout) => {
    entry.call.state = 'initiated';
    entry.call.startTime = toTime(at);
    entry.call.lastUpdate = toTime(at);
    context.table.replan(entry, lifecycleFrom(at, entry.call.to, timeout, context.random.uuid()));
  });
  context.table.settle(now);
}
