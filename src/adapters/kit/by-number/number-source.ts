import type { Account } from '../../../calls/account.ts';
import type { Call } from '../../../calls/call.ts';
import type { CallFilter } from '../../../calls/new-call.ts';
import type { PlacedCall } from '../placed-call.ts';
import type { RowRange } from './row-range.ts';

/** A page of a list: the rows [page × size, (page + 1) × size). */
export interface NumberQuery {
  /** Zero-based. */
  readonly page: number;
  readonly size: number;
}

export interface NumberPage {
  /**
   * Each row as a call, with an empty `providerCallId` where it has none that can be used; undefined where it cannot
   * be read at all. Fewer rows than `size` are the last of the list.
   */
  readonly rows: readonly (Call | undefined)[];
  /** How many rows the list has, as far as the answer tells. Only guesses rely on it. */
  readonly total: number;
}

/** A list that is read by page number and size, as the provider describes it. */
export interface NumberSource {
  readonly account: Account;
  /** One lower-case letter that names `sortTime` in hints, so that a hint for another order is not used. */
  readonly letter: string;
  /** `as-requested` in the order of the request; `oldest-first` always; `unsorted` in no order. */
  readonly sorts: 'as-requested' | 'oldest-first' | 'unsorted';
  /** What the provider sorts by, in milliseconds since the epoch; NaN for a call without it. */
  readonly sortTime: (call: PlacedCall) => number;
  /** How much later than `createdAt` the sort time may be, and how much earlier. Milliseconds. */
  readonly slack: { readonly later: number; readonly earlier: number };
  /** The share of the rows that may be out of order: those are skipped. With more, or more than one, the list is in no order. */
  readonly tolerance: number;
  /** The most rows of a page. A moment with more calls than half of it may be too many to be read. */
  readonly largestPage: number;
  /** The filter as a predicate. */
  readonly createMatcher: (filter: CallFilter) => (call: Call) => boolean;
  /** Sends one request. Undefined when the budget of requests is spent. @throws ProviderError */
  read(query: NumberQuery): Promise<NumberPage | undefined>;
  /** Receives each answer whose rows are in order, from which the source may learn how the provider sorts. */
  onRange?(range: RowRange): void;
}
