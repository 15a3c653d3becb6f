import type { Call } from '../../calls/call.ts';
import { meaningOf, spelled } from '../kit/meaning-of.ts';

type Status = Call['status'];
type EndReason = NonNullable<Call['endReason']>;

/**
 * `outbound` is SBC's word, `outbound-api` that of every outbound leg at Connect; `outbound-dial` is documented, but
 * only callbacks carry it. `Client-To-Client`, a call that Connect proxies between its clients, is neither in nor out
 * (Restcomm-Connect Call.java, B2BUAHelper.java).
 */
const directions = spelled<Call['direction']>([
  ['inbound', 'INBOUND'],
  ['outbound', 'OUTBOUND'],
  ['outbound-api', 'OUTBOUND'],
  ['outbound-dial', 'OUTBOUND'],
]);

/**
 * The words for a status, and why a call ended that has it: there is no other cause. Records mix `in-progress` and
 * `IN_PROGRESS`, by who wrote the record (Restcomm-Connect CallStateChanged, issues #1522 and #2162).
 */
const words: readonly (readonly [string, readonly [Status, EndReason | null]])[] = [
  ['queued', ['QUEUED', null]],
  ['ringing', ['RINGING', null]],
  ['wait-for-answer', ['RINGING', null]],
  ['in-progress', ['IN_PROGRESS', null]],
  ['completed', ['COMPLETED', 'HANGUP']],
  ['busy', ['BUSY', 'BUSY']],
  ['no-answer', ['NO_ANSWER', 'NO_ANSWER']],
  ['canceled', ['CANCELED', 'CANCELED']],
  ['failed', ['FAILED', 'PROVIDER_ERROR']],
  ['not-found', ['FAILED', 'NOT_FOUND']],
];

/** What each word for a status means; in lower case with hyphens. */
export const statusWords = new Map(words.map(([word, [status]]) => [word, status]));

const meanings = spelled(words);

export function toDirection(word: string | null): Call['direction'] {
  return meaningOf(directions, word) ?? 'UNKNOWN';
}

export function toStatus(word: string | null): Status {
  return meaningOf(meanings, word)?.[0] ?? 'UNKNOWN';
}

/** Why a call ended; null while it goes on. A new word is an end if the record tells when the call ended. */
export function toEndReason(word: string | null, hasEnd: boolean): EndReason | null {
  const [, reason = hasEnd ? 'UNKNOWN' : null] = meaningOf(meanings, word) ?? [];
  return reason;
}
