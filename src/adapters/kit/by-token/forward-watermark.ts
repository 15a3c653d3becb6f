import { comparatorOf } from '../../../calls/order.ts';
import type { PageRequest, Position } from '../../../calls/page.ts';
import type { PlacedCall } from '../placed-call.ts';
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
  readonly #request: PageRequest;
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
    this.#request = request;
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

  /** Those of the calls before which nothing is missing. */
  known(calls: readonly PlacedCall[]): readonly PlacedCall[] {
    if (this.#isAll) return calls;
    if (Number.isNaN(this.#reached)) return [];
    const isUnknown = this.#axis.from(this.reached);
    return calls.filter(({ createdAt }) => !isUnknown(createdAt));
  }

  /** The known calls after `after`. */
  settled(calls: readonly PlacedCall[]): readonly PlacedCall[] {
    const { order, after } = this.#request;
    if (after === undefined) return this.known(calls);
    const compare = comparatorOf(order);
    return this.known(calls).filter((call) => compare(call, after) > 0);
  }

  /** Where the next page resumes if this one has to stop here; undefined where that is not behind `after`. */
  get position(): Position | undefined {
    const { order, after } = this.#request;
    const position = this.#axis.toPosition(this.reached);
    if (position === undefined || after === undefined) return position;
    return comparatorOf(order)(position, after) > 0 ? position : undefined;
  }
}
