import type { Call } from '../../calls/call.ts';
import { type Meanings, meaningOf, spelled } from '../kit/meaning-of.ts';

type Status = Call['status'];
type EndReason = NonNullable<Call['endReason']>;

/** `direction` (Bandwidth spec, callState): it never changes. */
const directions: Meanings<Call['direction']> = spelled<Call['direction']>([
  ['inbound', 'INBOUND'],
  ['outbound', 'OUTBOUND'],
]);

/** `state` (callState). What became of a call that is `disconnected` is for its cause to tell. */
const states: Meanings<Status | 'DISCONNECTED'> = spelled<Status | 'DISCONNECTED'>([
  ['queued', 'QUEUED'],
  ['initiated', 'INITIATED'],
  ['answered', 'IN_PROGRESS'],
  ['disconnected', 'DISCONNECTED'],
]);

/** `disconnectCause` (callState): the status of the call, and why it ended. */
const causes: readonly (readonly [string, Status, EndReason])[] = [
  ['hangup', 'COMPLETED', 'HANGUP'],
  ['busy', 'BUSY', 'BUSY'],
  ['rejected', 'BUSY', 'REJECTED'],
  ['timeout', 'NO_ANSWER', 'NO_ANSWER'],
  ['cancel', 'CANCELED', 'CANCELED'],
  ['callback-error', 'FAILED', 'APPLICATION_ERROR'],
  ['invalid-bxml', 'FAILED', 'APPLICATION_ERROR'],
  ['application-error', 'FAILED', 'APPLICATION_ERROR'],
  ['account-limit', 'FAILED', 'LIMIT_EXCEEDED'],
  ['node-capacity-exceeded', 'FAILED', 'LIMIT_EXCEEDED'],
  ['error', 'FAILED', 'PROVIDER_ERROR'],
  ['unknown', 'FAILED', 'UNKNOWN'],
];

const statuses = spelled(causes.map(([cause, status]) => [cause, status] as const));
const reasons = spelled(causes.map(([cause, , reason]) => [cause, reason] as const));

export function toDirection(word: string | null): Call['direction'] {
  return meaningOf(directions, word) ?? 'UNKNOWN';
}

/** A new state is UNKNOWN. A call that ended with a new cause, or none, is COMPLETED if it was answered. */
export function toStatus(state: string | null, cause: string | null, isAnswered: boolean): Status {
  const status = meaningOf(states, state) ?? 'UNKNOWN';
  if (status !== 'DISCONNECTED') return status;
  return meaningOf(statuses, cause) ?? (isAnswered ? 'COMPLETED' : 'FAILED');
}

export function isDisconnected(state: string | null): boolean {
  return meaningOf(states, state) === 'DISCONNECTED';
}

/** Why a call that has ended did. */
export function toEndReason(cause: string | null): EndReason {
  return meaningOf(reasons, cause) ?? 'UNKNOWN';
}

/** The one cause that means a reason, to filter a list by; undefined for several, for none, and for UNKNOWN. */
export function toCause(reason: EndReason): string | undefined {
  const matching = causes.filter(([, , other]) => other === reason);
  return matching.length === 1 && reason !== 'UNKNOWN' ? matching[0]?.[0] : undefined;
}
