import type { CallOrder } from '../generated/schema.ts';
import type { Call, Instant } from './call.ts';
import type { CallFilter } from './new-call.ts';

/**
 * A position in the total order of one account's calls: by `createdAt`, then by the provider's id. There need not be a
 * call at it: it stays valid when the call that it was taken from is gone.
 */
export interface Position {
  readonly createdAt: Instant | null;
  readonly providerCallId: string;
}

/** The request for the next calls of one account's list. */
export interface PageRequest {
  readonly order: CallOrder;
  readonly filter: CallFilter;
  /** Returns only calls strictly behind this position in `order`; from the first call when absent. */
  readonly after?: Position | undefined;
  /** The `hint` of an earlier page, which makes resuming cheap. It may be stale or wrong; `after` decides. */
  readonly hint?: string | undefined;
  /** The most calls to return, 1 to 500. */
  readonly size: number;
  /** The most requests to send to the provider, at least 1. */
  readonly budget: number;
}

/** Consecutive calls of a list, in order: no matching call between the first and the last is missing. */
export interface Page {
  readonly calls: readonly Call[];
  /** Makes resuming behind any of `calls` cheap; undefined where the position alone is enough. */
  readonly hint?: string | undefined;
  /** Whether a matching call follows the last one; with `stopped`, whether one may follow. */
  readonly more: boolean;
  /**
   * Set when the budget was used up before `size` calls were found: everything up to this position has been read, so
   * reading can be resumed behind it. There need not be a call at it.
   */
  readonly stopped?: Position | undefined;
  /**
   * Rows that were read for this page and cannot be among `calls`: at least those before the last call or `stopped`,
   * or all of the list if `more` is false. A row that certainly does not match the filter is left out. A later page
   * that reads the same rows may contain them again: see `reportSkipped`.
   */
  readonly skipped?: readonly SkippedRow[] | undefined;
}

/** A row of the provider's list that cannot be read as a call with a position in the order. */
export interface SkippedRow {
  /** The provider's id of the call; empty when it cannot be read. */
  readonly providerCallId: string;
  /** A sentence for people: one of `skipReasons`, or another that quotes nothing of the row. */
  readonly reason: string;
}
