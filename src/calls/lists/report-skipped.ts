import { hash } from 'node:crypto';
import type { Account } from '../account.ts';
import type { SkippedCall } from './connection.ts';
import type { AccountPage } from './merge-pages.ts';

/** The most skipped rows of one account that a page of a list names; the others are counted in one more entry. */
const maxNamed = 20;
/** The most digests of reported rows in a cursor, over all accounts. */
const maxDigests = 100;
/** Bytes. A longer id cannot be used to look a call up. */
const longestId = 512;

/** The result of `reportSkipped`. */
export interface SkippedReport {
  readonly skipped: readonly SkippedCall[];
  /** Digests of all rows reported so far, for the cursors of the page. */
  readonly reported: readonly string[];
}

/**
 * Lists the rows that the accounts skipped while they read a page, including those behind the end of the merged
 * page, so that none is lost. The next page may read the same rows again. Cursors therefore carry the digests of
 * the latest rows that were reported, and these are not reported again.
 *
 * @param known digests in the cursor at which the page was read
 */
export function reportSkipped(
  pages: readonly AccountPage[],
  accounts: readonly Account[],
  known: readonly string[] = [],
): SkippedReport {
  const skipped: SkippedCall[] = [];
  const digests = new Set(known);
  for (const { accountKey, page } of pages) {
    const account = accounts.find(({ key }) => key === accountKey);
    if (account === undefined || page.skipped === undefined) continue;
    let unnamed = 0;
    let named = 0;
    for (const row of page.skipped) {
      const providerCallId = toUsableId(row.providerCallId);
      const digest = digestOf(accountKey, providerCallId);
      if (digests.has(digest)) continue;
      if (named === maxNamed) {
        unnamed += 1;
        continue;
      }
      named += 1;
      skipped.push({ account, providerCallId, reason: row.reason });
      // Rows without an id are indistinguishable, so they are reported every time.
      if (providerCallId !== '') digests.add(digest);
    }
    if (unnamed > 0) skipped.push({ account, providerCallId: '', reason: summaryOf(unnamed) });
  }
  return { skipped, reported: [...digests].slice(-maxDigests) };
}

function toUsableId(id: string): string {
  return Buffer.byteLength(id) > longestId ? '' : id;
}

function summaryOf(count: number): string {
  return `${count} more calls of this account are left out of this page, for reasons such as these.`;
}

/** 48 bits of a SHA-256 digest, to keep cursors short. */
function digestOf(accountKey: string, providerCallId: string): string {
  return hash('sha256', `${accountKey}:${providerCallId}`, 'base64url').slice(0, 8);
}
