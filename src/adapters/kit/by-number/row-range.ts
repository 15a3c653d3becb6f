import type { Call } from '../../../calls/call.ts';
import { isPlaced, type PlacedCall, toSkipReason } from '../placed-call.ts';
import { OutOfOrder } from './list-failures.ts';

/** A row of a list: a call, or what is skipped for the `reason` given. */
export type ListRow = { readonly key: number } & (
  | { readonly call: PlacedCall; readonly reason?: undefined }
  | { readonly call: Call | undefined; readonly reason: string }
);

/** Rows that follow one another in the order of the request, from one answer. */
export interface RowRange {
  /** The number of the first row. It may be negative: numbers of rows may shift between responses. */
  readonly offset: number;
  /**
   * The keys are the sort times, negated for newest first, so that they never fall. A skipped row has the key of the
   * call before it. Without one it has that of the first call, or NaN.
   */
  readonly rows: readonly ListRow[];
  /** Whether no row stands before the range. */
  readonly isFirst: boolean;
  /** Whether no row stands after it. */
  readonly isLast: boolean;
  /** How many rows the list has. Only guesses rely on it. */
  readonly total: number;
}

/** The same before its order has been checked. */
export type UncheckedRange = Omit<RowRange, 'rows'> & { readonly calls: readonly (Call | undefined)[] };

const misplaced = 'It stands among calls of another time, so it has no position in the order.';

/**
 * @param tolerance the share of rows that may be out of order; with any tolerance, one row may
 * @throws OutOfOrder
 */
export function toRowRange(
  { calls, ...range }: UncheckedRange,
  keyOf: (call: PlacedCall) => number,
  tolerance: number,
): RowRange {
  const keys = calls.map((call) => (isPlaced(call) ? keyOf(call) : undefined));
  const inOrder = longestInOrder(keys);
  const outOfOrder = keys.filter((each) => each !== undefined).length - inOrder.size;
  if (outOfOrder > (tolerance && Math.max(1, tolerance * calls.length))) throw new OutOfOrder();
  let key = keys.find((_, index) => inOrder.has(index)) ?? Number.NaN;
  const rows = calls.map((call, index): ListRow => {
    if (!isPlaced(call)) return { key, call, reason: toSkipReason(call) };
    if (!inOrder.has(index)) return { key, call, reason: misplaced };
    key = keys[index] as number;
    return { key, call };
  });
  return { ...range, rows };
}

/** How many rows at the beginning have a key less than this. */
export function countBefore(rows: readonly ListRow[], key: number): number {
  const index = rows.findIndex((row) => row.key >= key);
  return index === -1 ? rows.length : index;
}

/** The most keys that never fall, by index (patience sorting). NaN is never one of them; undefined is no key. */
function longestInOrder(keys: readonly (number | undefined)[]): ReadonlySet<number> {
  const keyAt = (index: number | undefined): number => keys[index ?? -1] ?? Number.NaN;
  /** `ends[n]` is the index of the smallest key that ends a sequence of n + 1 keys. */
  const ends: number[] = [];
  const previous: (number | undefined)[] = [];
  for (const [index, key = Number.NaN] of keys.entries()) {
    if (Number.isNaN(key)) continue;
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (keyAt(ends[middle]) <= key) low = middle + 1;
      else high = middle;
    }
    previous[index] = ends[low - 1];
    ends[low] = index;
  }
  const kept: number[] = [];
  for (let at = ends.at(-1); at !== undefined; at = previous[at]) kept.push(at);
  const second = kept.at(-2) ?? 0;
  // Several keys may be the first one. A watermark relies on the first rows, so the key closest to the second is kept.
  for (let index = 0; index < second; index += 1) {
    if (keyAt(index) <= keyAt(second) && keyAt(index) > keyAt(kept.at(-1))) kept[kept.length - 1] = index;
  }
  return new Set(kept);
}
