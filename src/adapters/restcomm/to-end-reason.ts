import type { Call } from '../../calls/call.ts';
import { foldStatus, statusWords } from './to-status.ts';

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

/**
 * Why a call ended; null while it goes on. A status that nobody knows is an end if the record tells when
 * the call ended.
 */
export function toEndReason(word: string, hasEnd: boolean): EndReason | null {
  const folded = foldStatus(word);
  return reasons.get(folded) ?? (hasEnd && !statusWords.has(folded) ? 'UNKNOWN' : null);
}
