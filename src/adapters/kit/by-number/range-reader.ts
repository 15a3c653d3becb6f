import type { ListOrder } from './list-order.ts';
import type { NumberSource } from './number-source.ts';
import {
  isPlaced,
  type PlacedCall,
  type RowRange,
  toReversed,
  toRowRange,
  type UncheckedRange,
} from './row-range.ts';
import { mostRows, tooManyRows } from './too-many-rows.ts';

/**
 * Reads ranges of rows in the order of the request, whatever the order of the source. Newest first, a list that is
 * oldest first is read from its end, and its rows are numbered from there.
 */
export class RangeReader {
  readonly #source: NumberSource;
  readonly #isFromEnd: boolean;
  readonly #keyOf: (call: PlacedCall) => number;
  /** How many rows the list is taken to have, so that rows numbered from its end keep their numbers. */
  #base: number | undefined;
  #total: number | undefined;

  /** @param total how many rows the list had by an earlier page */
  constructor(source: NumberSource, order: ListOrder, total: number | undefined) {
    this.#source = source;
    this.#isFromEnd = source.sorts === 'oldest-first' && order.sign === -1;
    this.#keyOf = (call) => order.sign * source.sortTime(call);
    this.#base = total;
    this.#total = total;
  }

  /** How many rows the list has, where that has to be known to read it from its end. */
  get base(): number | undefined {
    return this.#isFromEnd ? this.#total : undefined;
  }

  /**
   * Reads the rows [offset, offset + count) at least, in one answer, unless the list or the largest page ends before.
   *
   * @returns undefined when the budget is spent
   * @throws OutOfOrder when the rows are not in order
   */
  async read(offset: number, count: number): Promise<RowRange | undefined> {
    if (this.#source.sorts === 'unsorted') return this.#readAll();
    const from = Math.max(0, offset);
    const range = await (this.#isFromEnd ? this.#readFromEnd(offset, count) : this.#send(from, from + count));
    return range && this.#toOrdered(range, this.#source.tolerance);
  }

  async #readFromEnd(offset: number, count: number): Promise<UncheckedRange | undefined> {
    for (;;) {
      if (this.#base === undefined) {
        const first = await this.#send(0, count);
        if (first === undefined || first.isLast) return first && toReversed(first, first.total);
        this.#base = first.total;
      }
      const base = this.#base;
      const from = Math.max(0, base - offset - count);
      // There may be more rows at the end than the total tells.
      const to = Math.max(base - offset, from + count) + (offset <= 0 ? 2 * count : 0);
      const range = await this.#send(from, to);
      if (range === undefined || range.calls.length > 0 || from === 0)
        return range && toReversed(range, base);
      // The list is shorter than it was taken to be.
      this.#base = undefined;
      offset = 0;
    }
  }

  /** The whole list in one answer, sorted here. */
  async #readAll(): Promise<RowRange | undefined> {
    const range = await this.#send(0, Math.min(mostRows, this.#source.largestPage));
    if (range === undefined) return undefined;
    if (!range.isLast) throw tooManyRows(this.#source.account);
    const calls = range.calls.filter(isPlaced).sort((a, b) => this.#keyOf(a) - this.#keyOf(b));
    const { rows } = toRowRange(
      { ...range, calls: range.calls.filter((call) => !isPlaced(call)) },
      this.#keyOf,
      0,
    );
    const sorted = this.#toOrdered({ ...range, calls }, 0);
    // What has no time has no place among the others.
    return { ...sorted, rows: [...sorted.rows, ...rows] };
  }

  #toOrdered(range: UncheckedRange, tolerance: number): RowRange {
    const ordered = toRowRange(range, this.#keyOf, tolerance);
    this.#source.onRange?.(ordered);
    return ordered;
  }

  async #send(from: number, to: number): Promise<UncheckedRange | undefined> {
    const query = coveringPage(from, to, this.#source.largestPage);
    const answer = await this.#source.read(query);
    if (answer === undefined) return undefined;
    const offset = query.page * query.size;
    const calls = answer.rows;
    const isLast = calls.length < query.size;
    const end = offset + calls.length;
    // An empty answer tells nothing, and the last page is exact.
    const total = calls.length === 0 ? 0 : isLast ? end : Math.max(answer.total, end);
    this.#total = total;
    return { offset, calls, isFirst: offset === 0, isLast, total };
  }
}

/**
 * The smallest page that holds the rows [from, to). A page begins at a multiple of its size. Where the largest page
 * does not do, the one that holds the most of them.
 */
export function coveringPage(
  from: number,
  to: number,
  largest: number,
): { readonly page: number; readonly size: number } {
  let size = Math.max(1, Math.min(to - from, largest));
  let best = size;
  const endOf = (each: number): number => (Math.floor(from / each) + 1) * each;
  for (; size <= largest && endOf(best) < to; size += 1) if (endOf(size) > endOf(best)) best = size;
  return { page: Math.floor(from / best), size: best };
}
