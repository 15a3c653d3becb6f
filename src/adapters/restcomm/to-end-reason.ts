import type { Call } from '../../calls/call.ts';
import { meaningOf, spelled } from '../kit/meaning-of.ts';
import { statusWords } from './to-status.ts';

type EndReason = NonNullable<Call['endReason']>;

/** Restcomm sends no cause: the word for the status is all there is. Words of live calls are not here. */
const reasons: ReadonlyMap<string, EndReason> = new Map([
  ['completed', 'HANGUP'],
  ['busy', 'BUSY'],
  ['no-answer', 'NO_ANSWER'],
  ['canceled', 'CANCELED'],
  ['not-found', 'NOT_FOUND'],
  ['failed', 'PROVIDER_ERROR'],
]);

/** Null for the words of live calls. */
const reasonsBySpelling = spelled(
  [...statusWords.keys()].map((word) => [word, reasons.get(word) ?? null] as const),
);

/**
 * Why a call ended; null while it goes on. A status that nobody knows is an end if the record tells when
 * the call ended.
 */
export function toEndReason(word: string, hasEnd: boolean): EndReason | null {
  const reason = meaningOf(reasonsBySpelling, word);
  return reason === undefined && hasEnd ? 'UNKNOWN' : (reason ?? null);
}
