import type { Hint } from './hint.ts';
import type { Lane } from './number-source.ts';
import { MOST_ROWS } from './number-source.ts';
import type { Stretch } from './row-range.ts';
import { type Mark, Search } from './row-search.ts';

/** Rows read at a time at most, unless a single moment holds more. */
const MOST_STRIDE = 1_000;

/** Rows that a hint may be off by without costing a request. */
const BACK = 2;

/** Which rows of a lane to read next. */
export class Course {
  readonly #lane: Lane;
  readonly #hint: Hint | undefined;
  #search: Search;
  #threshold: number;
  /** How many rows to read beyond what has been seen. */
  #stride: number;
  #offset = 0;
  #count: number;
  #total = 0;
  /** Where a stale hint led, until it has been moved once by as many rows as have come in front. */
  #stale: number | undefined;

  /**
   * @param threshold reading has to begin with a row whose key is before it; -Infinity is the beginning
   */
  constructor(lane: Lane, threshold: number, size: number, hint: Hint | undefined) {
    this.#lane = lane;
    this.#threshold = threshold;
    this.#hint = threshold === Number.NEGATIVE_INFINITY ? undefined : hint;
    this.#search = new Search(threshold, this.#hint?.marks);
    this.#stride = size + 1 + BACK + Math.ceil(size / 8) + 2;
    this.#count = this.#stride;
    if (this.#hint !== undefined) this.#resume(this.#hint);
  }

  get offset(): number {
    return this.#offset;
  }

  /** More than MOST_ROWS when a single moment holds as many. */
  get count(): number {
    return this.#count;
  }

  /** The same course, for another time. */
  toHint(): Hint {
    const { before, behind } = this.#search;
    const marks = [before, behind].filter((mark): mark is Mark => mark !== undefined);
    const extra = Math.min(MOST_ROWS, Math.max(0, this.#count - this.#stride));
    return { total: this.#total, marks, extra, aim: { offset: this.#offset, key: this.#threshold } };
  }

  /** Takes in what has been read; `threshold` is a later one if that was of use. */
  plan(stretch: Stretch, threshold: number): void {
    const isAdvanced = threshold > this.#threshold;
    if (isAdvanced) this.#search = new Search(threshold);
    this.#threshold = threshold;
    this.#total = stretch.total;
    this.#search.learn(stretch);
    if (this.#search.isFound) this.#goOn(stretch, isAdvanced);
    else this.#offset = this.#moved(stretch) ?? this.#search.next(this.#count, stretch.total);
  }

  /** From the row found and the one before it, over what has been seen, to what has not. */
  #goOn({ offset, keys }: Stretch, isAdvanced: boolean): void {
    this.#offset = (this.#search.before?.offset ?? 1) - 1;
    const seen = Math.max(0, offset + keys.length - this.#offset);
    if (isAdvanced) this.#stride = Math.min(MOST_STRIDE, 2 * this.#stride);
    // Nothing gained by rows that were read from the right one on: too few for one moment, or for the slack.
    const least = isAdvanced ? 0 : 2 * seen;
    const slack = this.#search.rowsIn(this.#lane.slackBefore + this.#lane.slackBehind);
    const count = Math.max(seen + this.#stride, least, this.#stride + Math.min(MOST_STRIDE, slack));
    this.#count = seen < MOST_ROWS ? Math.min(MOST_ROWS, count) : count;
  }

  #resume({ aim, extra, marks }: Hint): void {
    this.#count = this.#stride + extra;
    const { before, behind } = this.#search;
    if (aim?.key === this.#threshold) this.#offset = aim.offset;
    else if (before !== undefined && behind !== undefined) {
      // Between the first and the last call of a page: about where the time is between theirs.
      const rows = Math.max(0, behind.offset - before.offset);
      const margin = BACK + Math.min(100, Math.ceil(rows / 4));
      const share = (this.#threshold - before.key) / (behind.key - before.key);
      this.#offset = Math.round(before.offset + share * rows) - margin;
      this.#count += 2 * margin;
    } else {
      const mark = marks.findLast(({ key }) => key < this.#threshold) ?? marks[0];
      this.#offset = (mark?.offset ?? 0) - BACK;
      this.#count += BACK;
    }
    this.#count = Math.min(MOST_ROWS, this.#count);
    this.#stale = this.#offset;
  }

  /** Where the hint would lead had it known of the rows that have come in front since. */
  #moved({ total }: Stretch): number | undefined {
    const stale = this.#stale;
    this.#stale = undefined;
    if (stale === undefined || this.#hint === undefined || !this.#lane.growsInFront) return undefined;
    const moved = stale + total - this.#hint.total;
    const { before, behind } = this.#search;
    const isWithin = moved > (before?.offset ?? -1) && moved < (behind?.offset ?? Number.POSITIVE_INFINITY);
    return isWithin ? moved : undefined;
  }
}
