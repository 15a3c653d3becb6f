import type { Instant } from '../../../calls/call.ts';
import type { PageRequest } from '../../../calls/page.ts';
import type { Axis } from './axis.ts';
import type { Watermark } from './list-reading.ts';

/**
 * Tracks, for a list that is read in windows against the order of the source, the key from which on no call is
 * missing.
 *
 * The key of a call's start is at least the key of its creation − `lead`, and at most that key + `lag`. So what was
 * created before `after` has started before `after` + lag, which bounds the first window; and once all that started
 * from a key on has been read, all that was created from that key + lead on is known.
 */
export class ReverseWatermark implements Watermark {
  readonly #axis: Axis;
  /** Nothing that started before this key can match. */
  readonly #floor: number | undefined;
  #base: number;
  #max: number | undefined;
  /** All that started from this key on has been read. */
  #read = Number.POSITIVE_INFINITY;

  constructor({ after, filter }: PageRequest, axis: Axis) {
    const { min, max = Number.POSITIVE_INFINITY } = axis.boundsOf(filter);
    const start = typeof after?.createdAt === 'string' ? axis.keyOf(after.createdAt) : max;
    const base = Math.min(start, max);
    // A time a day past the end of the list bounds nothing, and may not be one that can be written.
    const isBounded = base < axis.end + 86_400_000;
    this.#axis = axis;
    this.#floor = min === undefined ? undefined : min - axis.lead;
    this.#base = isBounded ? base : axis.end;
    this.#max = isBounded ? base + axis.lag : undefined;
  }

  /**
   * Where the next window ends: at first the key of `after` or of the filter's bound, then the lower bound of the
   * last window read.
   */
  get base(): number {
    return this.#base;
  }

  /** The upper bound of the next window; undefined for the first one of a list. */
  get max(): number | undefined {
    return this.#max;
  }

  /** Whether the next window is the first one behind `after`: it also has calls that come before `after`. */
  get isResumed(): boolean {
    return this.#max !== undefined && this.#read === Number.POSITIVE_INFINITY;
  }

  /** What begins here makes nothing known: the next window has to begin before. */
  get top(): number {
    return this.#read === Number.POSITIVE_INFINITY ? this.#base - this.#axis.lead : this.#base;
  }

  /** The lower bound of the list; undefined without one. */
  get floor(): number | undefined {
    return this.#floor;
  }

  get reached(): number {
    return this.#read + this.#axis.lead;
  }

  get isAll(): boolean {
    return (
      this.#read === Number.NEGATIVE_INFINITY || (this.#floor !== undefined && this.#read <= this.#floor)
    );
  }

  /**
   * The lower bound of a window that is to begin at `from`: rounded down to a whole `step`, as the request will be,
   * so that no row falls between two windows; and no lower than a matching call can be.
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

  createIsKnown(): (createdAt: Instant) => boolean {
    return this.isAll ? () => true : this.#axis.from(this.reached);
  }
}
