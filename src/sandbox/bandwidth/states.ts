import type { Step } from '../call-table.ts';
import { type BandwidthCall, toTime } from './call.ts';
import type { CarrierContext } from './carrier-context.ts';
import { tellEnd } from './events.ts';

/** The end of a call: the documented cause, and message and id of an error. */
export interface Ending {
  readonly cause: string;
  readonly message?: string;
  readonly errorId?: string;
  /** The status with which the far end refused the call. */
  readonly sip?: number;
}

/** Ends a call. The startTime of a call that was never dialled remains null. */
export function end(context: CarrierContext, call: BandwidthCall, at: number, ending: Ending): void {
  call.state = 'disconnected';
  call.endTime = toTime(at);
  call.disconnectCause = ending.cause;
  call.errorMessage = ending.message ?? null;
  call.errorId = ending.errorId ?? null;
  call.lastUpdate = toTime(at);
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
  return [{ at, apply: (call) => end(context, call, at, { cause: causeOf(call) }) }];
}
