import type { Call } from '../../calls/call.ts';
import { meaningOf, spelled } from '../kit/meaning-of.ts';

/**
 * Every word for a status that Restcomm's code knows, in one spelling (lower case, hyphens), and what it
 * is here. The records mix `in-progress` and `IN_PROGRESS` for the same state: who wrote the record
 * decides (Restcomm-Connect CallStateChanged, issues #1522 and #2162).
 */
export const statusWords: ReadonlyMap<string, Call['status']> = new Map([
  ['queued', 'QUEUED'],
  ['ringing', 'RINGING'],
  ['wait-for-answer', 'RINGING'],
  ['in-progress', 'IN_PROGRESS'],
  ['completed', 'COMPLETED'],
  ['busy', 'BUSY'],
  ['no-answer', 'NO_ANSWER'],
  ['canceled', 'CANCELED'],
  ['failed', 'FAILED'],
  ['not-found', 'FAILED'],
]);

const statuses = spelled(statusWords);

export function toStatus(word: string): Call['status'] {
  return meaningOf(statuses, word) ?? 'UNKNOWN';
}

const live: ReadonlySet<Call['status']> = new Set(['QUEUED', 'INITIATED', 'RINGING', 'IN_PROGRESS']);

/** Whether a call has ended, by its status alone; a word that nobody knows does not tell. */
export function isOver(status: Call['status']): boolean {
  return !live.has(status) && status !== 'UNKNOWN';
}
