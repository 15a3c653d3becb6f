import { comparatorOf } from '../../../calls/order.ts';
import type { PageRequest, Position } from '../../../calls/page.ts';
import type { Axis, PlacedCall, Span } from './axis.ts';

/**
 * What must be true of a list that is read in the order of the source: before which key everything is known. The time
 * that the source sorts by is not shown; what stands for it may be off by `skew`. So a row is held back until the
 * list has come that much further, and ties and near ties come out in one order.
 */
export class ForwardWatermark {
  /** The bounds within which everything is shown that can match, but for calls that have not started. */
  readonly span: Span;
  readonly #axis: Axis;
  readonly #request: PageRequest;
  /** Nothing that was created behind can match. */
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

  /** Before which key everything is known; NaN where nothing has been read. */
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

  /** Those of the calls that are known and stand behind `after`. */
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
