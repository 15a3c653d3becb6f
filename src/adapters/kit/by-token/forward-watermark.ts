import type { Instant } from '../../../calls/call.ts';
import type { PageRequest } from '../../../calls/page.ts';
import type { Axis, Span } from './axis.ts';
import type { Watermark } from './list-reading.ts';

/**
 * Tracks, for a list that is read in the order of the source, the key before which no call is missing. The
 * provider's sort time is not in its rows, and `createdAt` may differ from it by `skew`. A call is therefore
 * returned only when the list has been read `skew` beyond it, so that calls with equal or close times get a stable
 * order.
 */
export class ForwardWatermark implements Watermark {
  /** The time bounds to request. They include every call that can match, except calls that have not started. */
  readonly span: Span;
  readonly #axis: Axis;
  /** The key of `after`. */
  readonly #after: number;
  /** No call created after this key can match. */
  readonly #end: number;
  #reached = Number.NaN;
  #isAll = false;

  constructor(request: PageRequest, axis: Axis) {
    const { min, max } = axis.boundsOf(request.filter);
    const createdAt = request.after?.createdAt;
    const after = typeof createdAt === 'string' ? axis.keyOf(createdAt) : Number.NEGATIVE_INFINITY;
    const start = Math.max(after, min ?? Number.NEGATIVE_INFINITY) - axis.lead;
    this.span = {
      min: Number.isFinite(start) ? start : undefined,
      max: max === undefined ? undefined : max + axis.lag,
    };
    this.#axis = axis;
    this.#after = after;
    this.#end = max === undefined ? Number.POSITIVE_INFINITY : max + axis.skew;
  }

  /** The key before which no call is missing; NaN where nothing has been read. */
  get reached(): number {
    return this.#reached - this.#axis.skew;
  }

  /** Whether rows have been read, and nothing behind `after` is known. */
  get isStill(): boolean {
    return this.reached <= this.#after;
  }

  get isAll(): boolean {
    return this.#isAll;
  }

  /**
   * Everything has been read that comes before this key in the source.
   *
   * @param reached see `Axis.reachOf`; NaN where no row was read
   * @param isEnd whether nothing comes behind it
   */
  pass(reached: number, isEnd: boolean): void {
    if (!Number.isNaN(reached)) this.#reached = reached;
    this.#isAll = isEnd || reached > this.#end;
  }

  createIsKnown(): (createdAt: Instant) => boolean {
    if (this.#isAll) return () => true;
    if (Number.isNaN(this.#reached)) return () => false;
    const isUnknown = this.#axis.from(this.reached);
    return (createdAt) => !isUnknown(createdAt);
  }
}
