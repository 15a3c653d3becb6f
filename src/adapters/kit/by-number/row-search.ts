import { isListed, type Row } from './list-row.ts';
import type { Stretch } from './row-range.ts';

/** A row's place along a lane. */
export interface Mark {
  readonly offset: number;
  readonly key: number;
}

/**
 * Looks for the last row of a lane with a key before the threshold, by what rows have been seen so far.
 * Rows may shift between two looks: what was seen last is believed.
 */
export class Search {
  readonly #threshold: number;
  #before: Mark | undefined;
  #behind: Mark | undefined;
  /** Milliseconds from one row to the next, where it was looked last. */
  #slope = 0;
  #steps = 0;

  constructor(threshold: number, seen: readonly Mark[] = []) {
    this.#threshold = threshold;
    for (const mark of seen) {
      if (mark.key < threshold) this.#before = mark;
      else this.#behind = this.#behind ?? mark;
    }
  }

  /** The last row known to stand before the threshold. */
  get before(): Mark | undefined {
    return this.#before;
  }

  /** The first row known not to. */
  get behind(): Mark | undefined {
    return this.#behind;
  }

  /** Whether one of them follows the other. */
  get isFound(): boolean {
    return this.#before !== undefined && this.#behind?.offset === this.#before.offset + 1;
  }

  learn({ keys, rows, offset, isFirst }: Stretch): void {
    let count = countBefore(keys, this.#threshold);
    // Reading from a row without a key of its own, nothing would show that it stands before the threshold.
    while (count > 0 && !isListed(rows[count - 1] as Row)) count -= 1;
    const at = (index: number): Mark => ({
      offset: offset + index,
      key: keys[index] ?? Number.POSITIVE_INFINITY,
    });
    if (count > 0) this.#before = at(count - 1);
    else if (isFirst) this.#before = { offset: offset - 1, key: Number.NEGATIVE_INFINITY };
    else if (this.#before !== undefined && this.#before.offset >= offset) this.#before = undefined;
    if (count < keys.length || count === 0)
      this.#behind = { ...at(count), key: keyBehind(keys, this.#threshold) };
    else if (this.#behind !== undefined && this.#behind.offset < offset + count) this.#behind = undefined;
    const [first = Number.NaN] = keys;
    const slope = ((keys.at(-1) ?? first) - first) / (keys.length - 1);
    if (!Number.isNaN(slope)) this.#slope = slope;
  }

  /** Where to look next, with so many rows at a time, in a list of about `total` rows. */
  next(count: number, total: number): number {
    this.#steps += 1;
    const gallop = count * 2 ** Math.min(this.#steps, 20);
    const { offset: high, key: highKey } = this.#behind ?? {
      offset: Math.max(total, (this.#before?.offset ?? 0) + gallop),
      key: Number.POSITIVE_INFINITY,
    };
    // First to where rows are counted from: only where they have come in front since, some stand before it.
    if (this.#before === undefined)
      return high > 0 ? Math.max(high - gallop, -Math.round(count / 2)) : high - gallop;
    const { offset: low, key: lowKey } = this.#before;
    if (high - low <= count) return low;
    const share = (this.#threshold - lowKey) / (highKey - lowKey);
    const rows = Number.isFinite(highKey - lowKey)
      ? share * (high - low)
      : (this.#threshold - lowKey) / this.#slope;
    // Every third step halves what is left, should times be spread unevenly.
    const isGuess = this.#steps % 3 !== 0 && Number.isFinite(rows);
    const guess = isGuess ? low + rows : (low + high) / 2;
    return Math.round(Math.min(Math.max(guess - count / 4, low + 1), high - 1));
  }

  /** How many rows there are in so many milliseconds, about. */
  rowsIn(milliseconds: number): number {
    return this.#slope > 0 ? Math.ceil(milliseconds / this.#slope) : 0;
  }
}

function keyBehind(keys: readonly number[], threshold: number): number {
  return keys.find((key) => key >= threshold) ?? Number.POSITIVE_INFINITY;
}

/** How many of the keys, which grow, are before the threshold. */
export function countBefore(keys: readonly number[], threshold: number): number {
  const index = keys.findIndex((key) => key >= threshold);
  return index === -1 ? keys.length : index;
}
