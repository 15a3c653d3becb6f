import type { Instant } from '../../../calls/call.ts';
import { comparatorOf } from '../../../calls/order.ts';
import type { PageRequest, Position } from '../../../calls/page.ts';
import type { Axis, Span } from './axis.ts';

/**
 * Tracks, for a list that is read in the order of the source, the key before which no call is missing. The
 * provider's sort time is not in its rows, and `createdAt` may differ from it by `skew`. A call is therefore
 * returned only when the list has been read `skew` beyond it, so that calls with equal or close times get a stable
 * order.
 */
export class ForwardWatermark {
  /** The time bounds to request. They include every call that can match, except calls that have not started. */
  readonly span: Span;
  readonly #axis: Axis;
  readonly #order: PageRequest['order'];
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
    this.#order = request.order;
    this.#end = max === undefined ? Number.POSITIVE_INFINITY : max + axis.skew;
  }

  /** The key before which no call is missing; NaN where nothing has been read. */
  get reached(): number {
    return this.#reached - this.#axis.skew;
  }

  /** Whether everything is known that can match. */
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

  /** Creates the check whether no call is missing up to a time. */
  createIsKnown(): (createdAt: Instant) => boolean {
    if (this.#isAll) return () => true;
    if (Number.isNaN(this.#reached)) return () => false;
    const isUnknown = this.#axis.from(this.reached);
    return (createdAt) => !isUnknown(createdAt);
  }

  /**
   * Where the next page resumes if this one has to stop here; undefined where that is not behind `after`, with which
   * the page began.
   */
  positionBehind(after: Position | undefined): Position | undefined {
    const position = this.#axis.toPosition(this.reached);
    if (position === undefined || after === undefined) return position;
    return comparatorOf(this.#order)(position, after) > 0 ? position : undefined;
  }
}
