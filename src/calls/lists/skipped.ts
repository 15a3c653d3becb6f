import { hash } from 'node:crypto';
import type { Account } from '../account.ts';
import type { SkippedCall } from './connection.ts';
import type { Share } from './merge.ts';

/** Why a row of a provider's list is left out, in the words that clients read. */
export const skipReasons = {
  noTime: 'It has no time of creation that can be read, so it has no place in the order.',
  noId: 'It has no identifier that can be used.',
  unreadable: 'It cannot be read as a call.',
} as const;

/** How many skipped rows of one account a page names; of the others it tells the number. */
const mostNamed = 20;
/** How many rows a cursor remembers as told, of all accounts. */
const mostMarks = 100;
/** Longer ids than this cannot be asked for. Bytes. */
const longestId = 512;

/** The skipped rows of a page, and the marks of all that have been told by now. */
export interface Told {
  readonly skipped: readonly SkippedCall[];
  readonly marks: readonly string[];
}

/**
 * What a page tells of the rows that its accounts skipped: each that was met, also where a merged page ends
 * before the place where it was met. So none is lost. The next page may meet the same rows again, so cursors
 * carry the marks of what has been told, the latest of them, and what is marked is not told again.
 *
 * @param known marks of the cursor that the page begins at
 */
export function tellSkipped(
  shares: readonly Share[],
  accounts: readonly Account[],
  known: readonly string[] = [],
): Told {
  const skipped: SkippedCall[] = [];
  const marks = new Set(known);
  for (const { accountKey, page } of shares) {
    const account = accounts.find(({ key }) => key === accountKey);
    if (account === undefined || page.skipped === undefined) continue;
    let left = 0;
    let named = 0;
    for (const row of page.skipped) {
      const providerCallId = toUsableId(row.providerCallId);
      const mark = markOf(accountKey, providerCallId);
      if (marks.has(mark)) continue;
      if (named === mostNamed) {
        left += 1;
        continue;
      }
      named += 1;
      skipped.push({ account, providerCallId, reason: row.reason });
      // Rows without an id cannot be told apart, so each of them is told whenever it is met.
      if (providerCallId !== '') marks.add(mark);
    }
    if (left > 0) skipped.push({ account, providerCallId: '', reason: summaryOf(left) });
  }
  return { skipped, marks: [...marks].slice(-mostMarks) };
}

function toUsableId(id: string): string {
  return Buffer.byteLength(id) > longestId ? '' : id;
}

function summaryOf(left: number): string {
  return `${left} more calls of this account are left out of this page, for reasons such as these.`;
}

/** 48 bits of a digest: ids of a provider's are long, and a cursor is to stay short. */
function markOf(accountKey: string, providerCallId: string): string {
  return hash('sha256', `${accountKey}:${providerCallId}`, 'base64url').slice(0, 8);
}
