import type { Slack } from './list-order.ts';
import type { RowRange } from './row-range.ts';

/** Keys of `createdAt`, from `from` inclusive to `to` exclusive. */
export interface KeySpan {
  readonly from: number;
  readonly to: number;
}

/**
 * The key before which everything has been looked at, as far as the request goes. Nothing in it is a guess: whatever
 * rows are read next, no call before it is missed and none is taken twice, however rows move between two answers.
 *
 * An answer is complete for the times strictly between its first row and its last, give or take the slack: rows of
 * one moment may come in another order next time, so all calls of a moment are taken from one answer.
 */
export class Watermark {
  readonly #slack: Slack;
  #key: number;

  constructor(start: number, slack: Slack) {
    this.#key = start;
    this.#slack = slack;
  }

  get key(): number {
    return this.#key;
  }

  /** Whether everything up to this key has been looked at, inclusive. */
  isPast(key: number): boolean {
    return this.#key > key || this.#key === Number.POSITIVE_INFINITY;
  }

  /** An answer moves the watermark if it begins with a row before this key, or at the beginning of the list. */
  get readFrom(): number {
    return this.#key - this.#slack.before;
  }

  /** Takes in an answer and returns the times that it completes, if any: no earlier answer has. */
  advance(range: RowRange): KeySpan | undefined {
    const from = this.#key;
    const to = this.#endOf(range);
    if (!(to > from)) return undefined;
    this.#key = to;
    return { from, to };
  }

  /**
   * The key before which the answer holds all calls from the watermark on.
   *
   * Of two rows at either end the inner one counts. A single row with a wrong time shows as such between two others,
   * but at an end it would hide all calls up to its time.
   */
  #endOf({ rows, isFirst, isLast }: RowRange): number {
    if (isFirst && isLast) return Number.POSITIVE_INFINITY;
    const inner = rows[Math.min(1, rows.length - 1)]?.key ?? Number.NaN;
    const isConnected = inner < this.readFrom || (isFirst && !Number.isNaN(inner));
    if (!isConnected) return Number.NEGATIVE_INFINITY;
    if (isLast) return Number.POSITIVE_INFINITY;
    return (rows.at(-2)?.key ?? Number.NEGATIVE_INFINITY) - this.#slack.after;
  }
}
