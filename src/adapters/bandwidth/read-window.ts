import type { Call } from '../../calls/call.ts';
import { timeOf } from '../../calls/time-of.ts';
import type { CallList } from './call-list.ts';
import { isPlaced } from './harvest.ts';
import { toBound } from './to-instant.ts';
import { skew, type Window } from './windows.ts';

/** A window no longer than this is read to its end however many rows it holds. Milliseconds. */
const shortest = skew + 2_000;
/** How far beyond a bound a row may start before the server is said to pay no heed to it. Milliseconds. */
const tolerance = 2_000;

type Bounds = Pick<Window, 'min' | 'max'>;

/** What a window brought. */
export interface Reading {
  readonly calls: readonly Call[];
  /** Whether that is all that there is to it. */
  readonly isWhole: boolean;
}

/**
 * Reads a window, oldest rows first as they come. Where more stand in it than asked for, the rest is
 * read too if it should be no more than another page; else the window was too long. Rows created after
 * `base` are of no interest, and they come last.
 *
 * @returns 'unbounded' when the server pays no heed to the bounds
 */
export async function readWindow(
  list: CallList,
  window: Window,
  base: number,
): Promise<Reading | 'unbounded'> {
  const { min, max, pageSize } = window;
  const calls: Call[] = [];
  const isIn = isWithin(window);
  let token: string | undefined;
  do {
    const chunk = await list.read({ min, max, pageSize, token });
    for (const call of chunk.calls) {
      if (!isIn(call)) return 'unbounded';
      calls.push(call);
    }
    const reached = reachOf(calls);
    if (chunk.next === undefined || (max !== undefined && reached > base + skew)) {
      return { calls, isWhole: true };
    }
    const start = min ?? createdTimeOf(calls.find(isPlaced));
    const rest = (calls.length * (base - reached)) / Math.max(1_000, reached - start);
    if (base - start > shortest && rest > pageSize) return { calls, isWhole: false };
    token = chunk.next;
  } while (!list.isSpent);
  return { calls, isWhole: false };
}

/** Tells of a row whether it keeps to the bounds; one without startTime breaks none. */
export function isWithin({ min, max }: Bounds): (call: Call) => boolean {
  const first = min === undefined ? '' : toBound(min - tolerance);
  const last = max === undefined ? '~' : toBound(max + tolerance);
  return ({ startedAt }) => startedAt === null || (startedAt >= first && startedAt <= last);
}

/** When the last row was created: all that was created `skew` before it has been read. */
export function reachOf(calls: readonly Call[]): number {
  return createdTimeOf(calls.findLast(isPlaced));
}

/** When a call was created, in milliseconds since the epoch; NaN where that is not known. */
export function createdTimeOf(call: Call | undefined): number {
  return timeOf(call?.createdAt ?? '');
}
