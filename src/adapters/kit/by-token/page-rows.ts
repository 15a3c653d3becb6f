import { isMatch } from '../../../calls/filter.ts';
import { comparatorOf } from '../../../calls/order.ts';
import type { PageRequest, Position, SkippedRow } from '../../../calls/page.ts';
import type { Axis, PlacedCall } from './axis.ts';
import type { ListRows, UnplacedRow } from './list-rows.ts';

const passedReason =
  'It has not started, so it is listed by no time, and its place in this list had been passed when it was found.';

/**
 * The rows of one page as they are read: the calls that match and stand behind `after`, each once, no more than the
 * page takes and one that shows that there are more; and the rows that are left out, each with the reason.
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

  /** Adds rows of a list of which earlier pages have read what stands before `after`. */
  add({ calls, unplaced }: ListRows): void {
    this.#keep(calls);
    for (const row of unplaced) if (!this.#isPassed(row)) this.#skip(row);
  }

  /**
   * Adds rows of a list that no earlier page has read, or none that shows calls that have not started.
   *
   * @param seenTo all of them before this key are on earlier pages, and rows without a position reported
   */
  addUnread({ calls, unplaced }: ListRows, seenTo = Number.NEGATIVE_INFINITY): void {
    const isUnseen = this.#axis.from(seenTo);
    this.#keep(calls);
    for (const row of unplaced) if (row.next === undefined || isUnseen(row.next)) this.#skip(row);
    for (const call of calls) {
      if (call.startedAt === null && isUnseen(call.createdAt)) this.#addUnstarted(call);
    }
  }

  /** Reports calls that nobody knows the ids of. */
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
    // The call that the page resumes behind has been listed.
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

/** Tells whether a row certainly stands before `after`, so that an earlier page has met it. */
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
