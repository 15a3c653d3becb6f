import { hash } from 'node:crypto';
import type { Account } from '../account.ts';
import { isProviderCallId } from '../provider-call-id.ts';
import type { SkippedCall } from './connection.ts';
import type { AccountPage } from './merge-pages.ts';

/** The most skipped rows of one account that a page of a list names; the others are counted in one more entry. */
const maxNamed = 20;
/** The most digests of reported rows, over all accounts. A cursor has room for fewer. */
const maxDigests = 100;

/** The result of `reportSkipped`. */
export interface SkippedReport {
  readonly skipped: readonly SkippedCall[];
  /** Digests of the rows that have been reported and that the next page may read again. */
  readonly reported: readonly string[];
}

/**
 * Lists the rows that the accounts skipped while they read a page, including those behind the end of the merged
 * page, so that none is lost. The next page may read the same rows again. Cursors therefore carry the digests of
 * rows that were reported, as many as there is room for, and these are not reported again.
 *
 * @param known digests in the cursor at which the page was read
 */
export function reportSkipped(
  pages: readonly AccountPage[],
  accounts: readonly Account[],
  known: readonly string[] = [],
): SkippedReport {
  const skipped: SkippedCall[] = [];
  const isKnown = new Set(known);
  // Rows that were not read again need not be kept, unless an account could not be read or has not got to its rows.
  const isWhole = pages.length === accounts.length && pages.every(({ page }) => page.stopped === undefined);
  const digests = new Set(isWhole ? [] : known);
  for (const { accountKey, page } of pages) {
    const account = accounts.find(({ key }) => key === accountKey);
    if (account === undefined || page.skipped === undefined) continue;
    let unnamed = 0;
    let named = 0;
    for (const row of page.skipped) {
      // Another id cannot be used to look a call up.
      const providerCallId = isProviderCallId(row.providerCallId) ? row.providerCallId : '';
      const digest = digestOf(accountKey, providerCallId);
      if (isKnown.has(digest)) digests.add(digest);
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

function summaryOf(count: number): string {
  return `${count} more calls of this account are left out of this page, for reasons such as these.`;
}

/** 32 bits of a SHA-256 digest in hexadecimal digits, to keep cursors short. */
function digestOf(accountKey: string, providerCallId: string): string {
  return hash('sha256', `${accountKey}:${providerCallId}`).slice(0, 8);
}
