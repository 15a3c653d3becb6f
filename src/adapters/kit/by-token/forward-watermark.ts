import { comparatorOf } from '../../../calls/order.ts';
import type { PageRequest, Position } from '../../../calls/page.ts';
import type { Axis, PlacedCall } from './axis.ts';

/**
 * What must be true of a list that is read in the order of the source: before which key everything is known. The time
 * that the source sorts by is not shown; what stands for it may be off by `skew`. So a row is held back until the
 * list has come that much further, and ties and near ties come out in one order.
 */
export class ForwardWatermark {
  readonly #axis: Axis;
  readonly #request: PageRequest;
  /** Nothing that was created behind can match. */
  readonly #end: number;
  #reached = Number.NaN;
  #isAll = false;

  constructor(request: PageRequest, axis: Axis) {
    const { max } = axis.boundsOf(request.filter);
    this.#axis = axis;
    this.#request = request;
    this.#end = max === undefined ? Number.POSITIVE_INFINITY : max + axis.skew;
  }

  /** Whether everything is known that can match. */
  get isAll(): boolean {
    return this.#isAll;
  }

  /**
   * Everything has been read that comes before this key in the source.
   *
   * @param reached see `Axis.reachOf`
   * @param isEnd whether nothing comes behind it
   */
  pass(reached: number, isEnd: boolean): void {
    this.#reached = reached;
    this.#isAll = isEnd || reached > this.#end;
  }

  /** Those of the calls before which nothing is missing. */
  known(calls: readonly PlacedCall[]): readonly PlacedCall[] {
    if (this.#isAll) return calls;
    if (Number.isNaN(this.#reached)) return [];
    const isUnknown = this.#axis.from(this.#reached - this.#axis.skew);
    return calls.filter(({ createdAt }) => !isUnknown(createdAt));
  }

  /** Where the next page resumes if this one has to stop here; undefined where that is not behind `after`. */
  get position(): Position | undefined {
    const { order, after } = this.#request;
    const position = this.#axis.toPosition(this.#reached - this.#axis.skew);
    if (position === undefined || after === undefined) return position;
    return comparatorOf(order)(position, after) > 0 ? position : undefined;
  }
}
