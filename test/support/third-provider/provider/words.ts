import { meaningOf, spelled } from '../../../../src/adapters/kit/meaning-of.ts';
import type { Call } from '../../../../src/calls/call.ts';

type EndReason = NonNullable<Call['endReason']>;

const directions = spelled<Call['direction']>([
  ['inbound', 'INBOUND'],
  ['outbound-api', 'OUTBOUND'],
  ['outbound-dial', 'OUTBOUND'],
]);

/** The words for a status, and why a call ended that has it. */
const words: readonly (readonly [string, Call['status'], EndReason | null])[] = [
  ['queued', 'QUEUED', null],
  ['ringing', 'RINGING', null],
  ['in-progress', 'IN_PROGRESS', null],
  ['completed', 'COMPLETED', 'HANGUP'],
  ['busy', 'BUSY', 'BUSY'],
  ['no-answer', 'NO_ANSWER', 'NO_ANSWER'],
  ['canceled', 'CANCELED', 'CANCELED'],
  ['failed', 'FAILED', 'PROVIDER_ERROR'],
];

const statuses = spelled(words.map(([word, status]) => [word, status] as const));
const reasons = spelled(words.map(([word, , reason]) => [word, reason] as const));

export function toDirection(word: string | null): Call['direction'] {
  return meaningOf(directions, word) ?? 'UNKNOWN';
}

export function toStatus(word: string | null): Call['status'] {
  return meaningOf(statuses, word) ?? 'UNKNOWN';
}

/** Null while the call goes on. A new word is an end if the record tells when the call ended. */
export function toEndReason(word: string | null, hasEnd: boolean): EndReason | null {
  const reason = meaningOf(reasons, word);
  return reason === undefined && hasEnd ? 'UNKNOWN' : (reason ?? null);
}

/** The word to filter a list by where one status is wanted, since each has one word. */
export function toWord(wanted: readonly Call['status'][] | undefined): string | undefined {
  return wanted?.length === 1 ? words.find(([, status]) => status === wanted[0])?.[0] : undefined;
}
