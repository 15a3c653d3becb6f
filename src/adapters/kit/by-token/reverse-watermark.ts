import type { PageRequest, Position } from '../../../calls/page.ts';
import type { Axis, PlacedCall } from './axis.ts';
import { beginningOf } from './walk-state.ts';

/**
 * What must be true of a list that is read in windows, against the order of the source: from which key on everything
 * is known.
 *
 * The key of a call's start is between `lead` less and `lag` more than the key of its creation. So what was created
 * before `after` has started before `after` + lag, which bounds the first window; and once all that started from a
 * key on has been read, all that was created from that key + lead on is known.
 */
export class ReverseWatermark {
  readonly #axis: Axis;
  readonly #order: PageRequest['order'];
  readonly #after: Position | undefined;
  /** Nothing that was created before can match. */
  readonly #floor: number | undefined;
  #base: number;
  #max: number | undefined;
  /** All that started from this key on has been read. */
  #read = Number.POSITIVE_INFINITY;

  constructor({ after, filter, order }: PageRequest, axis: Axis) {
    const { min, max = Number.POSITIVE_INFINITY } = axis.boundsOf(filter);
    const start = typeof after?.createdAt === 'string' ? axis.keyOf(after.createdAt) : max;
    const base = Math.min(start, max);
    // A time a day past the end of the list bounds nothing, and may not be one that can be written.
    const isBounded = base < axis.end + 86_400_000;
    this.#axis = axis;
    this.#order = order;
    this.#after = after;
    this.#floor = min === undefined ? undefined : min - axis.lead;
    this.#base = isBounded ? base : axis.end;
    this.#max = isBounded ? base + axis.lag : undefined;
  }

  /** What started from this key on is known, or not wanted. */
  get base(): number {
    return this.#base;
  }

  /** The upper bound of the next window; undefined for the first one of a list. */
  get max(): number | undefined {
    return this.#max;
  }

  /** Whether everything is known that can match. */
  get isAll(): boolean {
    return (
      this.#read === Number.NEGATIVE_INFINITY || (this.#floor !== undefined && this.#read <= this.#floor)
    );
  }

  /**
   * The lower bound of a window that is to begin at `from`: a whole unit, since that is what is asked for and no row
   * may fall between what is known and what was read; and not below what can match.
   */
  toMin(from: number): number {
    const { step } = this.#axis;
    return Math.floor(Math.max(from, Math.min(this.#base, this.#floor ?? from)) / step) * step;
  }

  /** Everything from `min` to the base has been read; all there is, without `min`. */
  pass(min: number | undefined): void {
    this.#read = min ?? Number.NEGATIVE_INFINITY;
    this.#base = min ?? this.#base;
    this.#max = min;
  }

  /** Those of the calls behind which nothing is missing. */
  known(calls: readonly PlacedCall[]): readonly PlacedCall[] {
    if (this.isAll) return calls;
    const isKnown = this.#axis.from(this.#read + this.#axis.lead);
    return calls.filter(({ createdAt }) => isKnown(createdAt));
  }

  /** Where the next page resumes if this one has to stop here. */
  get position(): Position {
    return this.#axis.toPosition(this.#read + this.#axis.lead) ?? this.#after ?? beginningOf(this.#order);
  }
}
