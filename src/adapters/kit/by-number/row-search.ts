import type { SeenRow } from './hint.ts';
import { countBefore, type RowRange } from './row-range.ts';

/**
 * Looks for the last row with a key before `target`, by the rows seen so far. Rows may move between two answers: the
 * latest one counts.
 */
export class RowSearch {
  readonly #target: number;
  /** The last row known to stand before the target. */
  before: SeenRow | undefined;
  /** The first row known not to. */
  after: SeenRow | undefined;
  /** Milliseconds from row to row in the latest answer. */
  #pace = 0;
  #steps = 0;

  constructor(target: number, seen: readonly SeenRow[] = []) {
    this.#target = target;
    this.before = seen.findLast(({ key }) => key < target);
    this.after = seen.find(({ key }) => key >= target);
  }

  get isFound(): boolean {
    return this.before !== undefined && this.after?.offset === this.before.offset + 1;
  }

  /** Whether the row found may have this number. */
  mayBe(offset: number): boolean {
    return offset > (this.before?.offset ?? -1) && offset < (this.after?.offset ?? Number.POSITIVE_INFINITY);
  }

  /** The number of the row by the time from the row before, as if times were spread evenly; not finite if unknown. */
  get estimate(): number {
    const { offset = Number.NaN, key = Number.NaN } = this.before ?? {};
    const span = (this.after?.key ?? Number.POSITIVE_INFINITY) - key;
    const pace = Number.isFinite(span) ? span / ((this.after?.offset ?? 0) - offset) : this.#pace;
    return offset + (this.#target - key) / pace;
  }

  learn({ rows, offset, isFirst }: RowRange): void {
    const keyAt = (index: number): number => rows[index]?.key ?? Number.POSITIVE_INFINITY;
    const reached = countBefore(rows, this.#target);
    let count = reached;
    // A range that begins with a skipped row would not show that it begins before the target.
    while (count > 0 && rows[count - 1]?.reason !== undefined) count -= 1;
    if (count > 0) this.before = { offset: offset + count - 1, key: keyAt(count - 1) };
    else if (isFirst) this.before = { offset: offset - 1, key: Number.NEGATIVE_INFINITY };
    else if (this.before !== undefined && this.before.offset >= offset) this.before = undefined;
    const end = offset + count;
    if (count < rows.length || count === 0) this.after = { offset: end, key: keyAt(reached) };
    else if (this.after !== undefined && this.after.offset < end) this.after = undefined;
    const pace = (keyAt(rows.length - 1) - keyAt(0)) / (rows.length - 1);
    if (Number.isFinite(pace)) this.#pace = pace;
  }

  /** Where to look next, with `count` rows at a time, in a list of about `total` rows. */
  next(count: number, total: number): number {
    this.#steps += 1;
    const leap = count * 2 ** Math.min(this.#steps, 20);
    const { before, after, estimate } = this;
    const high = after?.offset ?? Math.max(total, (before?.offset ?? 0) + leap);
    // Only rows that have come in front meanwhile have negative numbers: the first row is tried before them.
    if (before === undefined) return high > 0 ? Math.max(high - leap, -Math.round(count / 2)) : high - leap;
    const low = before.offset;
    if (high - low <= count) return low;
    // Every third step bisects, because times may be spread unevenly.
    const aim = this.#steps % 3 !== 0 && Number.isFinite(estimate) ? estimate : (low + high) / 2;
    return Math.round(Math.min(Math.max(aim - count / 4, low + 1), high - 1));
  }

  /** About how many rows there are in a span of so many milliseconds. */
  rowsWithin(milliseconds: number): number {
    return this.#pace > 0 ? Math.ceil(milliseconds / this.#pace) : 0;
  }
}
