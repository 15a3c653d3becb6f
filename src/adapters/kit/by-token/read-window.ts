import type { PlacedCall } from '../placed-call.ts';
import type { Span } from './axis.ts';
import { LinkedPages } from './linked-pages.ts';
import type { ListRows, UnplacedRow } from './list-rows.ts';
import type { TokenList } from './token-list.ts';

/** A window of a list, and how many rows a page of it is to have. */
export interface Window extends Span {
  readonly size: number;
}

/** The rows that a window holds. */
export interface Reading extends ListRows {
  /** Whether every wanted row of the window was read. */
  readonly isWhole: boolean;
  /** Whether the window was read to its end. */
  readonly isEnd: boolean;
  /** See `Axis.reachOf`. */
  readonly reached: number;
}

/**
 * Reads a window, in the order of the source. Continues past the first page only while the rest is estimated to fit
 * in one more page; otherwise the window is too long. Rows after `base`, which come last, are wanted only in the
 * first window of a list.
 *
 * @returns 'unbounded' when the server ignores the bounds
 */
export async function readWindow(
  list: TokenList,
  window: Window,
  { base, isFirst }: { readonly base: number; readonly isFirst: boolean },
): Promise<Reading | 'unbounded'> {
  const { axis } = list;
  const slack = Math.max(axis.lead, axis.skew);
  const calls: PlacedCall[] = [];
  const unplaced: UnplacedRow[] = [];
  const pages = new LinkedPages(list, window);
  for (;;) {
    const chunk = await pages.next();
    if (!list.isWithin(chunk.calls, window)) return 'unbounded';
    for (const call of chunk.calls) calls.push(call);
    for (const row of chunk.unplaced) unplaced.push(row);
    const reached = axis.reachOf(calls);
    const isEnd = chunk.next === undefined;
    const isWhole = isEnd || (!isFirst && reached > base + slack);
    const start = window.min ?? axis.keyOfCall(calls[0]);
    const rest = (calls.length * (base - reached)) / Math.max(1_000, reached - start);
    // A window no longer than this is read to its end however many rows it holds.
    const isTooLong = base - start > axis.lead + 2 * axis.step && rest > window.size;
    if (isWhole || isTooLong || list.isSpent) return { calls, unplaced, isWhole, isEnd, reached };
  }
}
