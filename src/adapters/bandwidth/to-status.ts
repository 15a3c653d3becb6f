import type { Call } from '../../calls/call.ts';
import { type Meanings, meaningOf, spelled } from '../kit/meaning-of.ts';

/** Of the last, `disconnectCause` tells more. */
const states: Meanings<Call['status'] | 'OVER'> = spelled<Call['status'] | 'OVER'>([
  ['queued', 'QUEUED'],
  ['initiated', 'INITIATED'],
  ['answered', 'IN_PROGRESS'],
  ['disconnected', 'OVER'],
]);

const outcomes: Meanings<Call['status']> = spelled<Call['status']>([
  ['hangup', 'COMPLETED'],
  ['busy', 'BUSY'],
  ['rejected', 'BUSY'],
  ['timeout', 'NO_ANSWER'],
  ['cancel', 'CANCELED'],
  ['callback-error', 'FAILED'],
  ['invalid-bxml', 'FAILED'],
  ['application-error', 'FAILED'],
  ['account-limit', 'FAILED'],
  ['node-capacity-exceeded', 'FAILED'],
  ['error', 'FAILED'],
  ['unknown', 'FAILED'],
]);

/**
 * The status from `state` and, once that is `disconnected`, `disconnectCause` (Bandwidth spec,
 * callState). Both sets are open: a new state is UNKNOWN, and a call that ended with a new cause or
 * none was COMPLETED if anybody answered it.
 */
export function toStatus(state: string | null, cause: string | null, isAnswered: boolean): Call['status'] {
  const status = meaningOf(states, state) ?? 'UNKNOWN';
  if (status !== 'OVER') return status;
  return meaningOf(outcomes, cause) ?? (isAnswered ? 'COMPLETED' : 'FAILED');
}

export function isDisconnected(state: string | null): boolean {
  return meaningOf(states, state) === 'OVER';
}
