import { isMatch } from '../../../calls/filter.ts';
import { comparatorOf } from '../../../calls/order.ts';
import type { PageRequest, Position, SkippedRow } from '../../../calls/page.ts';
import type { PlacedCall } from '../placed-call.ts';
import type { Axis } from './axis.ts';
import type { ListRows, UnplacedRow } from './list-rows.ts';

const passedReason =
  'It has not started, so it is listed by no time, and its place in this list had been passed when it was found.';

/**
 * Collects the rows of one page as they are read: the matching calls after `after`, without duplicates, up to `size
 * + 1` (the extra one shows that there is a next page), and the skipped rows with their reasons.
 */
export class PageRows {
  readonly #axis: Axis;
  readonly #request: PageRequest;
  readonly #compare: (a: Position, b: Position) => number;
  readonly #isPassed: (row: UnplacedRow) => boolean;
  readonly #skipped: SkippedRow[] = [];
  #calls: readonly PlacedCall[] = [];
  #lastUnstarted: PlacedCall | undefined;

  constructor(request: PageRequest, axis: Axis) {
    this.#axis = axis;
    this.#request = request;
    this.#compare = comparatorOf(request.order);
    this.#isPassed = createIsPassed(request, axis);
  }

  /** Adds rows of a list whose rows before `after` were read for earlier pages. */
  add({ calls, unplaced }: ListRows): void {
    this.#keep(calls);
    for (const row of unplaced) if (!this.#isPassed(row)) this.#skip(row);
  }

  /**
   * Adds rows of a read without bounds: earlier pages did not read these rows, or read them within bounds, which
   * hide calls that have not started.
   *
   * @param seenTo before this key, earlier pages have returned such calls and reported rows without a position
   */
  addUnread({ calls, unplaced }: ListRows, seenTo = Number.NEGATIVE_INFINITY): void {
    const isUnseen = this.#axis.from(seenTo);
    this.#keep(calls);
    for (const row of unplaced) if (row.next === undefined || isUnseen(row.next)) this.#skip(row);
    for (const call of calls) {
      if (call.startedAt === null && isUnseen(call.createdAt)) this.#addUnstarted(call);
    }
  }

  /** Reports skipped calls whose ids are unknown. */
  skip(reason: string): void {
    this.#skip({ providerCallId: '', reason });
  }

  /** The calls in order: at most one more than the page takes. */
  inOrder(): readonly PlacedCall[] {
    return this.#calls;
  }

  get skipped(): readonly SkippedRow[] {
    return this.#skipped;
  }

  /** Of the calls that have not started, the last one in the order that may be on the page or behind it. */
  get lastUnstarted(): PlacedCall | undefined {
    return this.#lastUnstarted;
  }

  #keep(calls: readonly PlacedCall[]): void {
    const { filter, size } = this.#request;
    const kept = new Map(this.#calls.map((call) => [call.providerCallId, call]));
    for (const call of calls) {
      if (isMatch(call, filter) && this.#isBehind(call)) kept.set(call.providerCallId, call);
    }
    this.#calls = [...kept.values()].sort(this.#compare).slice(0, size + 1);
  }

  #skip({ providerCallId, reason }: SkippedRow): void {
    this.#skipped.push({ providerCallId, reason });
  }

  #addUnstarted(call: PlacedCall): void {
    if (!isMatch(call, this.#request.filter)) return;
    const last = this.#lastUnstarted;
    // The call at `after` is on an earlier page.
    if (call.providerCallId === this.#request.after?.providerCallId) return;
    if (!this.#isBehind(call)) {
      this.#skip({ providerCallId: call.providerCallId, reason: passedReason });
    } else if (last === undefined || this.#compare(call, last) > 0) this.#lastUnstarted = call;
  }

  #isBehind(call: PlacedCall): boolean {
    const { after } = this.#request;
    return after === undefined || this.#compare(call, after) > 0;
  }
}

/** Creates the check whether a row is certainly before `after`, so that an earlier page has reported it. */
function createIsPassed({ order, after }: PageRequest, axis: Axis): (row: UnplacedRow) => boolean {
  if (typeof after?.createdAt !== 'string') return () => false;
  const key = axis.keyOf(after.createdAt);
  if (axis.isForward(order)) {
    const isFrom = axis.from(key - 2 * axis.skew);
    return ({ next }) => next !== undefined && !isFrom(next);
  }
  const isBehind = axis.from(key + 2 * axis.skew + 1);
  return ({ previous }) => previous !== undefined && isBehind(previous);
}
