import type { Call } from '../../calls/call.ts';
import { comparatorOf } from '../../calls/order.ts';
import type { PageRequest, Position } from '../../calls/page.ts';
import type { ListedCall } from './call-list.ts';
import { Course } from './course.ts';
import type { Hint } from './hint.ts';
import { type Lane, type Sign, type Stretch, timeKey } from './lane.ts';
import { countBefore, type Mark } from './search.ts';

export interface Wish extends Pick<PageRequest, 'order' | 'filter' | 'after' | 'size'> {
  readonly isWanted: (call: Call) => boolean;
  readonly hint: Hint | undefined;
}

/** A stretch of which calls were taken, those with keys before `end`. */
interface Source {
  readonly stretch: Stretch;
  readonly end: number;
  /** Of all its rows. */
  readonly keys: readonly number[];
}

/** Sorts behind every sid. */
const BEHIND_EVERY_SID = '\uffff';

/**
 * One page read along a lane.
 *
 * What an answer shows is complete for the times strictly between its first and its last row (give or
 * take the lane's slack): rows of the same moment come in any order, and in another one the next time,
 * so all calls of a moment are taken from one answer. The frontier is the time before which everything
 * has been looked at; an answer moves it only if it begins before the frontier. Thus nothing is missed
 * and nothing repeated, however rows shift between two requests.
 */
export class Reading {
  readonly #lane: Lane;
  readonly #wish: Wish;
  readonly #sign: Sign;
  readonly #until: number;
  readonly #start: number;
  readonly #course: Course;
  readonly #compare: (a: Position, b: Position) => number;
  readonly #found: ListedCall[] = [];
  readonly #sources: Source[] = [];
  #frontier: number;
  #hasRead = false;

  constructor(lane: Lane, wish: Wish) {
    const { order, filter, after, size, hint } = wish;
    this.#lane = lane;
    this.#wish = wish;
    this.#sign = order === 'OLDEST_FIRST' ? 1 : -1;
    this.#compare = comparatorOf(order);
    const bounds = [filter.createdAfter, filter.createdBefore];
    const [from, until] = this.#sign === 1 ? bounds : bounds.reverse();
    this.#start = Math.max(this.#keyOf(from), this.#keyOf(after?.createdAt));
    this.#frontier = this.#start;
    this.#until = until === undefined ? Number.POSITIVE_INFINITY : this.#keyOf(until);
    this.#course = new Course(lane, this.#frontier - lane.slackBefore, size, hint);
  }

  get isDone(): boolean {
    const isPast = this.#frontier === Number.POSITIVE_INFINITY || this.#frontier > this.#until;
    return isPast || this.#found.length > this.#wish.size;
  }

  /** The rows to read next: `[offset, offset + count)` of the lane. */
  get next(): { readonly offset: number; readonly count: number } {
    return this.#course;
  }

  take(stretch: Stretch): void {
    this.#hasRead = true;
    const end = this.#endOf(stretch);
    if (end > this.#frontier) {
      this.#collect(stretch, end);
      this.#frontier = end;
    }
    this.#course.plan(stretch, this.#frontier - this.#lane.slackBefore);
  }

  get calls(): readonly ListedCall[] {
    return this.#found.slice(0, this.#wish.size);
  }

  get hasMore(): boolean {
    return this.#found.length > this.#wish.size;
  }

  /** Everything before this has been looked at. */
  get position(): Position {
    const { after } = this.#wish;
    const isStart = this.#frontier === this.#start;
    if (isStart && after !== undefined && this.#start === this.#keyOf(after.createdAt)) return after;
    const passedNone = this.#sign === 1 ? '' : BEHIND_EVERY_SID;
    if (Number.isFinite(this.#frontier)) {
      return { createdAt: new Date(this.#sign * this.#frontier).toISOString(), providerCallId: passedNone };
    }
    const createdAt = this.#sign === 1 ? null : '9999-12-31T23:59:59.999Z';
    return { createdAt, providerCallId: passedNone };
  }

  /** For reading on behind any of the calls; undefined when nothing has been learnt. */
  get hint(): Hint | undefined {
    if (!this.isDone) {
      const isUnderWay = this.#hasRead && this.#frontier !== Number.NEGATIVE_INFINITY;
      return isUnderWay ? this.#course.toHint() : undefined;
    }
    // Where nothing was found, reading on begins where this began.
    const keys = this.calls.map(({ createdAt }) => timeKey(createdAt, this.#sign));
    const from = this.#sourceOf(keys[0] ?? this.#start);
    const to = this.#sourceOf(keys.at(-1) ?? this.#start);
    if (from === undefined || to === undefined) return undefined;
    return { total: to.total, marks: [from.mark, to.mark], extra: to.extra };
  }

  #keyOf(instant: string | null | undefined): number {
    // Nothing stands before the beginning, and a call without time of creation stands at the one end.
    if (instant === undefined) return Number.NEGATIVE_INFINITY;
    return instant === null ? -this.#sign * Number.POSITIVE_INFINITY : timeKey(instant, this.#sign);
  }

  /** The key before which all calls from the frontier on are in the stretch; -Infinity when they are not. */
  #endOf({ calls, isFirst, isLast }: Stretch): number {
    const first = calls[0];
    const last = calls.at(-1);
    if (first === undefined || last === undefined) {
      return isFirst && isLast ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
    }
    const isAnchored = isFirst || this.#lane.keyOf(first) + this.#lane.slackBefore < this.#frontier;
    if (!isAnchored) return Number.NEGATIVE_INFINITY;
    return isLast ? Number.POSITIVE_INFINITY : this.#lane.keyOf(last) - this.#lane.slackBehind;
  }

  #collect(stretch: Stretch, end: number): void {
    const { after, isWanted } = this.#wish;
    const calls = stretch.calls.filter((call) => {
      const key = timeKey(call.createdAt, this.#sign);
      const isNew = key >= this.#frontier && key < end && key <= this.#until;
      return isNew && isWanted(call) && (after === undefined || this.#compare(call, after) > 0);
    });
    this.#found.push(...calls.sort(this.#compare));
    this.#sources.push({ stretch, end, keys: stretch.calls.map((row) => this.#lane.keyOf(row)) });
  }

  /** Where a time was found: the row to resume from, and how many rows that takes besides those wanted. */
  #sourceOf(key: number): { mark: Mark; extra: number; total: number } | undefined {
    const source = this.#sources.find(({ end }) => key < end);
    if (source === undefined) return undefined;
    const { stretch, keys } = source;
    const before = Math.max(0, countBefore(keys, key - this.#lane.slackBefore) - 1);
    const closing = keys.findIndex((row) => row - this.#lane.slackBehind > key);
    const extra = Math.max(0, (closing === -1 ? keys.length : closing) - before);
    const mark = { offset: stretch.offset + before, key: keys[before] ?? key };
    return { mark, extra, total: stretch.total };
  }
}
