import type { Call, Instant } from '../../../calls/call.ts';
import type { SkippedRow } from '../../../calls/page.ts';

/** A call that has a place in the order. */
export type ListedCall = Call & { readonly createdAt: Instant };

/** A row of a list that has no place among the calls of it. */
export interface OddRow {
  readonly skipped: SkippedRow;
  /** What can be read of it all the same. */
  readonly call: Call | undefined;
}

export type Row = ListedCall | OddRow;

/** What a call is sorted by, as a number that grows in the order of reading; NaN where it is not known. */
export type KeyOf = (call: ListedCall) => number;

export function isListed(row: Row): row is ListedCall {
  return 'createdAt' in row;
}

export function toOdd(providerCallId: string, reason: string, call?: Call): OddRow {
  return { skipped: { providerCallId, reason }, call };
}
