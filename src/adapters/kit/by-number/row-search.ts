import type { ListRow, RowRange } from './row-range.ts';
import { countBefore } from './row-range.ts';

/** A row that has been seen, by its number and its key. */
export interface SeenRow {
  readonly offset: number;
  readonly key: number;
}

/**
 * Looks for the last row with a key before `target`, by the rows seen so far. Rows may move between two answers:
 * the latest one counts.
 */
export class RowSearch {
  readonly #target: number;
  #before: SeenRow | undefined;
  #behind: SeenRow | undefined;
  /** Milliseconds from row to row in the latest answer. */
  #pace = 0;
  #steps = 0;

  constructor(target: number, seen: readonly SeenRow[] = []) {
    this.#target = target;
    this.#before = seen.findLast(({ key }) => key < target);
    this.#behind = seen.find(({ key }) => key >= target);
  }

  /** The last row known to stand before the target. */
  get before(): SeenRow | undefined {
    return this.#before;
  }

  /** The first row known not to. */
  get behind(): SeenRow | undefined {
    return this.#behind;
  }

  /** Whether the two are neighbours. */
  get isFound(): boolean {
    return this.#before !== undefined && this.#behind?.offset === this.#before.offset + 1;
  }

  learn({ rows, offset, isFirst }: RowRange): void {
    let count = countBefore(rows, this.#target);
    // A range that begins with a skipped row would not show that it begins before the target.
    while (count > 0 && rows[count - 1]?.reason !== undefined) count -= 1;
    const keyAt = (index: number): number => rows[index]?.key ?? Number.POSITIVE_INFINITY;
    if (count > 0) this.#before = { offset: offset + count - 1, key: keyAt(count - 1) };
    else if (isFirst) this.#before = { offset: offset - 1, key: Number.NEGATIVE_INFINITY };
    else if (this.#before !== undefined && this.#before.offset >= offset) this.#before = undefined;
    if (count < rows.length || count === 0) {
      this.#behind = { offset: offset + count, key: keyAt(countBefore(rows, this.#target)) };
    } else if (this.#behind !== undefined && this.#behind.offset < offset + count) this.#behind = undefined;
    this.#pace = paceOf(rows) ?? this.#pace;
  }

  /** Where to look next, with `count` rows at a time, in a list of about `total` rows. */
  next(count: number, total: number): number {
    this.#steps += 1;
    const leap = count * 2 ** Math.min(this.#steps, 20);
    const { offset: low, key: lowKey } = this.#before ?? { offset: Number.NaN, key: Number.NaN };
    const { offset: high, key: highKey } = this.#behind ?? {
      offset: Math.max(total, (this.#before?.offset ?? 0) + leap),
      key: Number.POSITIVE_INFINITY,
    };
    if (this.#before === undefined) {
      // Rows with negative numbers have come in front meanwhile, if there are any: the first row is tried before them.
      return high > 0 ? Math.max(high - leap, -Math.round(count / 2)) : high - leap;
    }
    if (high - low <= count) return low;
    const isBounded = Number.isFinite(highKey - lowKey);
    const pace = isBounded ? (highKey - lowKey) / (high - low) : this.#pace;
    const guess = low + (this.#target - lowKey) / pace;
    // Every third step bisects, because times may be spread unevenly.
    const isUsable = this.#steps % 3 !== 0 && Number.isFinite(guess);
    const aim = isUsable ? guess : (low + high) / 2;
    return Math.round(Math.min(Math.max(aim - count / 4, low + 1), high - 1));
  }

  /** About how many rows there are in a span of so many milliseconds. */
  rowsWithin(milliseconds: number): number {
    return this.#pace > 0 ? Math.ceil(milliseconds / this.#pace) : 0;
  }
}

function paceOf(rows: readonly ListRow[]): number | undefined {
  const [first, last] = [rows[0]?.key ?? Number.NaN, rows.at(-1)?.key ?? Number.NaN];
  const pace = (last - first) / (rows.length - 1);
  return Number.isNaN(pace) ? undefined : pace;
}
