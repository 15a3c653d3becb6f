import type { CallOrder } from '../generated/schema.ts';
import type { Call, Instant } from './call.ts';
import type { CallFilter } from './new-call.ts';

/**
 * A place in the total order of one account's calls: by `createdAt`, then by the provider's id.
 * A position need not be a call's: it stays good when the call it was taken from is gone.
 */
export interface Position {
  readonly createdAt: Instant | null;
  readonly providerCallId: string;
}

export interface PageRequest {
  readonly order: CallOrder;
  readonly filter: CallFilter;
  /** Only calls strictly behind it, in `order`; from the first one when absent. */
  readonly after?: Position | undefined;
  /** What an earlier page gave as `hint`: makes resuming cheap. May be stale or wrong; `after` decides. */
  readonly hint?: string | undefined;
  /** How many calls are wanted, 1 to 500. */
  readonly size: number;
  /** How many requests to the provider may be spent, at least 1. */
  readonly budget: number;
}

/** Calls in order, none missing between the first and the last of them. */
export interface Page {
  readonly calls: readonly Call[];
  /** Resumes behind `calls[i]`; undefined where the adapter has nothing to add to the position. */
  readonly hint?: string | undefined;
  /** Whether a matching call stands behind the last one; with `stopped`, whether one may. */
  readonly more: boolean;
  /**
   * Set when the budget ran out before `size` calls were found: everything up to here has been looked
   * at, so that reading can go on from it although no call stands there.
   */
  readonly stopped?: Position | undefined;
  /**
   * Rows that were met in reading this page and that have no place among `calls`: at least those that stand before
   * the last call or `stopped`, or in all of the list where there is no more. A row that certainly does not
   * match the filter is left out; one that cannot be read far enough to say so is not. A row may be given again
   * by a later page that reads the same rows: see `reportSkipped`.
   */
  readonly skipped?: readonly SkippedRow[] | undefined;
}

/** A row of the provider's list that cannot be made a call with a place in the order. */
export interface SkippedRow {
  /** The provider's id of it; empty where there is none that can be read. */
  readonly providerCallId: string;
  /** Why, as a sentence for people: one of `skipReasons`, or another that quotes nothing of the row. */
  readonly reason: string;
}
