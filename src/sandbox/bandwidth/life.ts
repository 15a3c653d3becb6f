import { LONG_TALK_MS, outcomeOf, REFUSAL_MS, RING_MS, TALK_MS } from '../choices.ts';
import type { Step } from '../roster.ts';
import { type BandwidthCall, toTime } from './call.ts';
import type { Setting } from './setting.ts';

/** How a call ends: the documented cause, and the words and the id that come with errors. */
export interface Ending {
  readonly cause: string;
  readonly message?: string;
  readonly errorId?: string;
}

/** Marks a call as over. A call that was never dialled keeps a startTime of null. */
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

/** The only thing ahead of a call whose script runs out at an instant. */
export function hangupAt(at: number): readonly Step<BandwidthCall>[] {
  return [{ at, apply: (call) => end(call, at, { cause: 'hangup' }) }];
}

/** What follows once a call is dialled: it rings at most `timeout` seconds, then the destination's outcome. */
function lifeFrom(
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

/** Lets all calls live up to now: those whose turn has come are dialled, then everything due happens. */
export function settle(setting: Setting): void {
  const now = setting.clock.now();
  setting.queue.settle(now, (entry, at, timeout) => {
    entry.call.state = 'initiated';
    entry.call.startTime = toTime(at);
    entry.call.lastUpdate = toTime(at);
    setting.roster.replan(entry, lifeFrom(at, entry.call.to, timeout, setting.random.uuid()));
  });
  setting.roster.settle(now);
}
