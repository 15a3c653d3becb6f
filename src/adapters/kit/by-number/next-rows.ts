import type { Hint, SeenRow } from './hint.ts';
import { mostRows } from './list-failures.ts';
import type { Slack } from './list-order.ts';
import { countBefore, type RowRange } from './row-range.ts';
import { RowSearch } from './row-search.ts';

/** The most rows to read beyond those seen, unless one moment holds more. */
const longestStride = 1_000;

/** Rows that a hint may be off by without costing a request. */
const margin = 2;

export interface NextRowsOptions {
  /** See `Watermark.readFrom`; -Infinity is the beginning of the list. */
  readonly readFrom: number;
  readonly slack: Slack;
  readonly size: number;
  readonly hint: Hint | undefined;
  /** Whether new calls move the others to greater numbers. */
  readonly growsInFront: boolean;
}

/** Guesses which rows to ask for next, `[offset, offset + count)`. A wrong guess costs requests and nothing else. */
export class NextRows {
  offset = 0;
  /** More than `mostRows` where a single moment holds as many. */
  count: number;
  readonly #slack: Slack;
  #search: RowSearch;
  #readFrom: number;
  /** How many rows to read beyond those seen. */
  #stride: number;
  /** How many rows the list had by the hint, which is corrected once by the rows that have come in front since. */
  #hintedTotal: number | undefined;
  /** The answers that have moved the watermark, and where to. */
  readonly #found: { readonly range: RowRange; readonly to: number }[] = [];

  constructor({ readFrom, slack, size, hint, growsInFront }: NextRowsOptions) {
    this.#slack = slack;
    this.#readFrom = readFrom;
    const known = readFrom === Number.NEGATIVE_INFINITY ? undefined : hint;
    this.#search = new RowSearch(readFrom, known?.seen);
    this.#stride = size + 1 + margin + Math.ceil(size / 8);
    this.count = this.#stride + margin;
    if (known !== undefined) this.#resume(known);
    if (growsInFront) this.#hintedTotal = known?.total;
  }

  /** @param readFrom greater than before if the range has moved the watermark */
  learn(range: RowRange, readFrom: number): void {
    const isAdvanced = readFrom > this.#readFrom;
    if (isAdvanced) {
      this.#found.push({ range, to: readFrom + this.#slack.before });
      this.#search = new RowSearch(readFrom);
    }
    this.#readFrom = readFrom;
    this.#search.learn(range);
    const corrected = this.offset + range.total - (this.#hintedTotal ?? Number.NaN);
    this.#hintedTotal = undefined;
    if (this.#search.isFound) this.#continue(range, isAdvanced);
    else if (this.#search.mayBe(corrected)) this.offset = corrected;
    else this.offset = this.#search.next(this.count, range.total);
  }

  /** To continue the search with the next page, where this one ends before it is over. */
  get hint(): Omit<Hint, 'total'> {
    const { before, after } = this.#search;
    const seen = [before, after].filter((row) => row !== undefined);
    const extra = Math.min(mostRows, Math.max(0, this.count - this.#stride));
    return { extra, seen, next: { offset: this.offset, key: this.#readFrom } };
  }

  /** For a page whose first call has the one key and the last one the other; undefined where they were not read. */
  hintFor(first: number, last: number): Omit<Hint, 'total'> | undefined {
    const [from, to] = [this.#find(first), this.#find(last)];
    return from && to && { extra: to.extra, seen: [from.row, to.row] };
  }

  /** The row to resume from after a call with this key, and how many rows that takes besides the calls wanted. */
  #find(key: number): { readonly row: SeenRow; readonly extra: number } | undefined {
    const range = this.#found.find(({ to }) => key < to)?.range;
    if (range === undefined) return undefined;
    const { rows, offset } = range;
    const before = Math.max(0, countBefore(rows, key - this.#slack.before) - 1);
    const closing = rows.findIndex((row) => row.key - this.#slack.after > key);
    const extra = Math.max(0, (closing === -1 ? rows.length : closing) - before);
    return { row: { offset: offset + before, key: rows[before]?.key ?? key }, extra };
  }

  /** Plans from the row before the one found, through what has been seen, to what has not. */
  #continue({ offset, rows }: RowRange, isAdvanced: boolean): void {
    this.offset = (this.#search.before?.offset ?? 1) - 1;
    const seen = Math.max(0, offset + rows.length - this.offset);
    if (isAdvanced) this.#stride = Math.min(longestStride, 2 * this.#stride);
    // Rows that began at the right one and completed nothing were too few for one moment, or for the slack.
    const least = isAdvanced ? 0 : 2 * seen;
    const slack = Math.min(longestStride, this.#search.rowsWithin(this.#slack.before + this.#slack.after));
    const count = Math.max(seen + this.#stride, least, this.#stride + slack);
    this.count = seen < mostRows ? Math.min(mostRows, count) : count;
  }

  #resume({ next, extra, seen }: Hint): void {
    const { before, after, estimate } = this.#search;
    let spare = margin;
    if (next?.key === this.#readFrom) {
      spare = 0;
      this.offset = next.offset;
    } else if (before !== undefined && after !== undefined) {
      // Between the first call of a page and its last one, at about the share of the time between theirs.
      const uncertain = margin + Math.min(100, Math.ceil(Math.abs(after.offset - before.offset) / 4));
      this.offset = Math.round(estimate) - uncertain;
      spare = 2 * uncertain;
    } else this.offset = ((before ?? seen[0])?.offset ?? 0) - margin;
    this.count = Math.min(mostRows, this.#stride + extra + spare);
  }
}
