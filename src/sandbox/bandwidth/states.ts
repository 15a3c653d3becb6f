import type { Outcome } from '../assumptions.ts';
import type { Step } from '../call-table.ts';
import { type BandwidthCall, toTime } from './call.ts';
import type { CarrierContext } from './carrier-context.ts';
import { tellEnd } from './events.ts';
import { hooksOf } from './hooks-of.ts';

/** The end of a call: the documented cause, and message and id of an error. */
export interface Ending {
  readonly cause: string;
  readonly message?: string;
  readonly errorId?: string;
  /** The status with which the far end refused the call. */
  readonly sip?: number;
}

/** Ends a call and its script. The startTime of a call that was never dialled remains null. */
export function end(context: CarrierContext, call: BandwidthCall, at: number, ending: Ending): void {
  call.state = 'disconnected';
  call.endTime = toTime(at);
  call.disconnectCause = ending.cause;
  call.errorMessage = ending.message ?? null;
  call.errorId = ending.errorId ?? null;
  call.lastUpdate = toTime(at);
  const { listeners, recording, run } = hooksOf(context, call);
  recording?.stop(at);
  run?.hangUp(at);
  for (const listener of [...listeners]) listener(at);
  tellEnd(context, call, at, ending.sip);
}

/** Marks a call as answered. */
export function answer(call: BandwidthCall, at: number): void {
  call.state = 'answered';
  call.answerTime = toTime(at);
  call.lastUpdate = toTime(at);
}

/** The scheduled hang-up of a call at `at`: by its script or the far end, or by the caller before it was answered. */
export function hangupAt(context: CarrierContext, at: number): readonly Step<BandwidthCall>[] {
  const causeOf = ({ state }: BandwidthCall) => (state === 'answered' ? 'hangup' : 'cancel');
  const apply = (call: BandwidthCall) => {
    const { run } = hooksOf(context, call);
    if (run !== undefined) context.write({ at, callId: call.callId, text: 'the far end hung up' });
    end(context, call, at, { cause: causeOf(call) });
  };
  return [{ at, apply }];
}

/** How a destination with such an outcome refuses a call; undefined if it answers. */
export function refusalOf(context: CarrierContext, outcome: Outcome): Ending | undefined {
  const refusal = REFUSALS[outcome];
  return refusal && { ...refusal, errorId: context.random.uuid() };
}

const REFUSALS: Readonly<Partial<Record<Outcome, Ending>>> = {
  unanswered: { cause: 'timeout', message: 'Call was not answered' },
  busy: { cause: 'busy', message: 'Callee is busy', sip: 486 },
  rejected: { cause: 'rejected', message: 'Callee rejected the call', sip: 603 },
  'not-found': { cause: 'error', message: 'Callee not found', sip: 404 },
  failed: { cause: 'error', message: 'Service unavailable', sip: 503 },
};

/** The number of the far end: of a call that arrived the caller's. */
export function remoteOf({ direction, from, to }: BandwidthCall): string {
  return direction === 'inbound' ? from : to;
}
