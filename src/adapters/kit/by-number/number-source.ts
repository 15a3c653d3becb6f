import { timeOf } from '../../../calls/time-of.ts';
import type { Asking } from './request-budget.ts';
import type { Stretch } from './row-range.ts';

/**
 * A way to walk the list: which parameters put it into an order, and what that order promises. Reading
 * goes by `createdAt`, newest or oldest first; what the server sorts by is at best close to it.
 */
export interface Lane {
  /** A row that stands before a row with key k has a time of creation before k plus this. */
  readonly slackBefore: number;
  /** A row that stands behind a row with key k has a time of creation behind k minus this. */
  readonly slackBehind: number;
  /** Whether new calls move the others to larger offsets. */
  readonly growsInFront: boolean;
  /** Whether the server has been seen to sort as it is asked to. */
  readonly hasSorted: boolean;
  /**
   * Rows `[offset, offset + count)` at least, in one answer; undefined when the allowance is used up.
   *
   * @throws OrderIgnored when the rows are not in order
   */
  read(offset: number, count: number, asking: Asking): Promise<Stretch | undefined>;
}

/** The order of reading as a sign: times grow, or times fall. */
export type Sign = 1 | -1;

/** A time as a number that grows in the order of reading. */
export function timeKey(instant: string, sign: Sign): number {
  return sign * timeOf(instant);
}

/**
 * The smallest page of the server's, which can only start at a multiple of its size, that holds the rows
 * `[from, to)`.
 */
export function coveringPage(from: number, to: number): { readonly page: number; readonly size: number } {
  let size = to - from;
  while ((Math.floor(from / size) + 1) * size < to) size += 1;
  return { page: Math.floor(from / size), size };
}

/** How many rows are held at once, at most: of a list in no order, or of the same moment. */
export const MOST_ROWS = 10_000;
