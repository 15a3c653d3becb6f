import { isPlaced } from '../placed-call.ts';
import { mostRows, TooManyRows } from './list-failures.ts';
import type { ListOrder } from './list-order.ts';
import type { NumberQuery, NumberSource } from './number-source.ts';
import { type RowRange, toRowRange, type UncheckedRange } from './row-range.ts';

/**
 * Reads ranges of rows in the order of the request, whatever the order of the source. Newest first, a list that is
 * oldest first is read from its end, and its rows are numbered from there.
 */
export class RangeReader {
  /**
   * How many rows the list has, by the latest answer; 0 if unknown. One that is read from its end is taken to have as
   * many as by the first answer, so that its rows keep their numbers.
   */
  total: number;
  readonly isFromEnd: boolean;
  readonly #source: NumberSource;
  readonly #sign: 1 | -1;

  /** @param total how many rows the list had by an earlier page */
  constructor(source: NumberSource, { sign }: ListOrder, total = 0) {
    this.#source = source;
    this.#sign = sign;
    this.isFromEnd = source.sorts === 'oldest-first' && sign === -1;
    this.total = total;
  }

  /**
   * Reads the rows [offset, offset + count) at least, in one answer, unless the list or the largest page ends before.
   * Undefined when the budget is spent.
   *
   * @throws OutOfOrder
   */
  async read(offset: number, count: number): Promise<RowRange | undefined> {
    if (this.#source.sorts === 'unsorted') return this.#readAll();
    const from = Math.max(0, offset);
    const range = await (this.isFromEnd ? this.#readFromEnd(offset, count) : this.#send(from, from + count));
    return range && this.#toOrdered(range);
  }

  async #readFromEnd(offset: number, count: number): Promise<UncheckedRange | undefined> {
    if (this.total === 0) {
      const beginning = await this.#send(0, count);
      if (beginning === undefined || beginning.isFirst) return beginning;
    }
    const { total } = this;
    const from = Math.max(0, total - offset - count);
    // There may be more rows at the end than the total tells.
    const to = Math.max(total - offset, from + count) + (offset <= 0 ? 2 * count : 0);
    const range = await this.#send(from, to);
    if (range === undefined || range.calls.length > 0 || from === 0) return range;
    // The list is shorter than it was taken to be.
    this.total = 0;
    return this.#readFromEnd(0, count);
  }

  /** The whole list in one answer, sorted here. What has no time has no position among the others. */
  async #readAll(): Promise<RowRange | undefined> {
    const range = await this.#send(0, Math.min(mostRows, this.#source.largestPage));
    if (range === undefined) return undefined;
    if (!range.isLast) throw new TooManyRows(this.#source.account);
    const { sortTime } = this.#source;
    const placed = range.calls.filter(isPlaced).sort((a, b) => this.#sign * (sortTime(a) - sortTime(b)));
    const { rows } = this.#toOrdered({ ...range, calls: range.calls.filter((call) => !isPlaced(call)) });
    const ordered = this.#toOrdered({ ...range, calls: placed });
    return { ...ordered, rows: [...ordered.rows, ...rows] };
  }

  #toOrdered(range: UncheckedRange): RowRange {
    const { sortTime, tolerance, onRange } = this.#source;
    const ordered = toRowRange(range, (call) => this.#sign * sortTime(call), tolerance);
    onRange?.(ordered);
    return ordered;
  }

  /** One page with the rows [from, to), which are numbered as the source does; the answer in the order of the request. */
  async #send(from: number, to: number): Promise<UncheckedRange | undefined> {
    const { page, size } = coveringPage(from, to, this.#source.largestPage);
    const answer = await this.#source.read({ page, size });
    if (answer === undefined) return undefined;
    const { rows: calls } = answer;
    const [isFirst, isLast] = [page === 0, calls.length < size];
    const [offset, end] = [page * size, page * size + calls.length];
    // An empty answer tells nothing, and the last page is exact.
    const total = calls.length === 0 ? 0 : isLast ? end : Math.max(answer.total, end);
    if (!this.isFromEnd || this.total === 0) this.total = total;
    if (!this.isFromEnd) return { offset, calls, isFirst, isLast, total };
    const reversed = { calls: calls.toReversed(), isFirst: isLast, isLast: isFirst };
    return { ...reversed, offset: this.total - end, total: this.total };
  }
}

/**
 * The smallest page that holds the rows [from, to). A page begins at a multiple of its size. Where none of them is
 * large enough, the one that holds the most of these rows.
 */
function coveringPage(from: number, to: number, largest: number): NumberQuery {
  const endOf = (size: number): number => (Math.floor(from / size) + 1) * size;
  let best = Math.min(to - from, largest);
  for (let size = best + 1; size <= largest && endOf(best) < to; size += 1) {
    if (endOf(size) > endOf(best)) best = size;
  }
  return { page: Math.floor(from / best), size: best };
}
