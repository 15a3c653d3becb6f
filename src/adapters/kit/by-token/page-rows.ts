import type { Instant } from '../../../calls/call.ts';
import { isMatch } from '../../../calls/filter.ts';
import { comparatorOf } from '../../../calls/order.ts';
import type { PageRequest, Position, SkippedRow } from '../../../calls/page.ts';
import type { PlacedCall } from '../placed-call.ts';
import type { Axis } from './axis.ts';
import type { ListRows, UnplacedRow } from './list-rows.ts';

const passedReason =
  'It has not started, so it is listed by no time, and its place in this list had been passed when it was found.';

/**
 * The rows of a list as they are read: the matching calls behind the last position given, without duplicates and in
 * order, and the rows that are skipped, with their reasons. It serves one page, or the consecutive pages of a walk.
 */
export class PageRows {
  readonly #axis: Axis;
  readonly #filter: PageRequest['filter'];
  readonly #compare: (a: Position, b: Position) => number;
  readonly #isPassed: (row: UnplacedRow) => boolean;
  #after: Position | undefined;
  #skipped: SkippedRow[] = [];
  #calls: readonly PlacedCall[] = [];
  #lastUnstarted: PlacedCall | undefined;

  constructor(request: PageRequest, axis: Axis) {
    this.#axis = axis;
    this.#filter = request.filter;
    this.#compare = comparatorOf(request.order);
    this.#isPassed = createIsPassed(request, axis);
  }

  /** Begins a page: drops the calls up to `after`, and the skipped rows that an earlier page has reported. */
  begin(after: Position | undefined): void {
    this.#after = after;
    this.#skipped = [];
    this.#calls = this.#calls.filter((call) => this.#isBehind(call));
  }

  /** Adds rows of a list whose rows before the start of the reading were read for earlier pages. */
  add({ calls, unplaced }: ListRows, isPassed = this.#isPassed): void {
    const kept = new Map(this.#calls.map((call) => [call.providerCallId, call]));
    for (const call of calls) {
      if (isMatch(call, this.#filter) && this.#isBehind(call)) kept.set(call.providerCallId, call);
    }
    this.#calls = [...kept.values()].sort(this.#compare);
    for (const row of unplaced) if (!isPassed(row)) this.#skip(row);
  }

  /**
   * Adds rows of a read without bounds: earlier pages did not read these rows, or read them within bounds, which
   * hide calls that have not started.
   *
   * @param seenTo before this key, earlier pages have returned such calls and reported rows without a position
   */
  addUnread(list: ListRows, seenTo = Number.NEGATIVE_INFINITY): void {
    const isUnseen = this.#axis.from(seenTo);
    this.add(list, ({ next }) => next !== undefined && !isUnseen(next));
    for (const call of list.calls) {
      if (call.startedAt === null && isUnseen(call.createdAt)) this.#addUnstarted(call);
    }
  }

  /** Reports skipped calls whose ids are unknown. */
  skip(reason: string): void {
    this.#skip({ providerCallId: '', reason });
  }

  /** The first calls behind `after`, up to `size`, before which none is missing. They are first in the order. */
  known(isKnown: (createdAt: Instant) => boolean, size: number): readonly PlacedCall[] {
    let count = 0;
    while (count < size && count < this.#calls.length && isKnown(this.#calls[count]?.createdAt ?? ''))
      count += 1;
    return this.#calls.slice(0, count);
  }

  /** How many calls are held. */
  get count(): number {
    return this.#calls.length;
  }

  get skipped(): readonly SkippedRow[] {
    return this.#skipped;
  }

  /** Of the calls that have not started, the last one in the order that may be on the page or behind it. */
  get lastUnstarted(): PlacedCall | undefined {
    return this.#lastUnstarted;
  }

  countMatches(calls: readonly PlacedCall[]): number {
    return calls.filter((call) => isMatch(call, this.#filter)).length;
  }

  #skip({ providerCallId, reason }: SkippedRow): void {
    this.#skipped.push({ providerCallId, reason });
  }

  #addUnstarted(call: PlacedCall): void {
    if (!isMatch(call, this.#filter)) return;
    const last = this.#lastUnstarted;
    // The call at `after` is on an earlier page.
    if (call.providerCallId === this.#after?.providerCallId) return;
    if (!this.#isBehind(call)) {
      this.#skip({ providerCallId: call.providerCallId, reason: passedReason });
    } else if (last === undefined || this.#compare(call, last) > 0) this.#lastUnstarted = call;
  }

  #isBehind(call: Position): boolean {
    return this.#after === undefined || this.#compare(call, this.#after) > 0;
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
