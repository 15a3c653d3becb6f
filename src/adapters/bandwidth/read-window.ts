import { timeOf } from '../../calls/time-of.ts';
import type { CallList } from './call-list.ts';
import { LinkedPages } from './linked-pages.ts';
import type { ListRows, PlacedCall, UnplacedRow } from './list-rows.ts';
import { skew, type Window } from './windows.ts';
import { areWithin } from './within-bounds.ts';

/** A window no longer than this is read to its end however many rows it holds. Milliseconds. */
const shortest = skew + 2_000;
/** What a window brought. */
export interface Reading extends ListRows {
  /** Whether that is all of it that is of interest. */
  readonly isWhole: boolean;
  /** Whether that is all that there is to it. */
  readonly isEnd: boolean;
  /** When the last row was created, in milliseconds since the epoch; NaN where there is none. */
  readonly reached: number;
}

/**
 * Reads a window, oldest rows first as they come. Where more stand in it than asked for, the rest is
 * read too if it should be no more than another page; else the window was too long. Rows created after
 * `base` come last; they are of no interest, but in the newest window.
 *
 * @returns 'unbounded' when the server pays no heed to the bounds
 */
export async function readWindow(
  list: CallList,
  window: Window,
  { base, isNewest }: { readonly base: number; readonly isNewest: boolean },
): Promise<Reading | 'unbounded'> {
  const { min, pageSize } = window;
  const calls: PlacedCall[] = [];
  const unplaced: UnplacedRow[] = [];
  const pages = new LinkedPages(list, window);
  for (;;) {
    const chunk = await pages.next();
    if (!areWithin(chunk.calls, window)) return 'unbounded';
    for (const call of chunk.calls) calls.push(call);
    for (const row of chunk.unplaced) unplaced.push(row);
    const reached = reachOf(calls);
    const isEnd = chunk.next === undefined;
    const isWhole = isEnd || (!isNewest && reached > base + skew);
    const start = min ?? createdTimeOf(calls[0]);
    const rest = (calls.length * (base - reached)) / Math.max(1_000, reached - start);
    const isTooLong = base - start > shortest && rest > pageSize;
    if (isWhole || isTooLong || list.isSpent) return { calls, unplaced, isWhole, isEnd, reached };
  }
}

/** When the last row was created: all that was created `skew` before it has been read. */
export function reachOf(calls: readonly PlacedCall[]): number {
  return createdTimeOf(calls.at(-1));
}

/** When a call was created, in milliseconds since the epoch; NaN where there is none. */
export function createdTimeOf(call: PlacedCall | undefined): number {
  return timeOf(call?.createdAt ?? '');
}
