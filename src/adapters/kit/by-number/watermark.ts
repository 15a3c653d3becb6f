import type { Call } from '../../../calls/call.ts';
import { comparatorOf } from '../../../calls/order.ts';
import type { PageRequest, Position, SkippedRow } from '../../../calls/page.ts';
import type { Hint } from './hint.ts';
import { isListed, type ListedCall } from './list-row.ts';
import { Course } from './next-rows.ts';
import { type Lane, type Sign, timeKey } from './number-source.ts';
import type { Stretch } from './row-range.ts';
import { Sources } from './sources.ts';

export interface Wish extends Pick<PageRequest, 'order' | 'filter' | 'after' | 'size'> {
  readonly isWanted: (call: Call) => boolean;
  /** The same of a call whose time is not known. */
  readonly mayBeWanted: (call: Call) => boolean;
  readonly hint: Hint | undefined;
}

/** A row left out, and where in the order of the lane it stands; NaN where it stands nowhere. */
interface Skipped {
  readonly row: SkippedRow;
  readonly key: number;
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
  readonly #skipped: Skipped[] = [];
  readonly #sources: Sources;
  #frontier: number;
  #hasRead = false;

  constructor(lane: Lane, wish: Wish) {
    const { order, filter, after, size, hint } = wish;
    this.#lane = lane;
    this.#sources = new Sources(lane);
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

  /**
   * The rows left out that stand before the last call of the page, or, where there is none behind it, all that have
   * been looked at. The next page begins at the time of that call, and tells what stands from there on.
   */
  get skipped(): readonly SkippedRow[] {
    const last = this.hasMore ? this.#found[this.#wish.size - 1] : undefined;
    const end = last === undefined ? Number.POSITIVE_INFINITY : timeKey(last.createdAt, this.#sign);
    return this.#skipped.filter(({ key }) => !(key >= end)).map(({ row }) => row);
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
    return this.#sources.hintFor(keys[0] ?? this.#start, keys.at(-1) ?? this.#start);
  }

  #keyOf(instant: string | null | undefined): number {
    // Nothing stands before the beginning, and a call without time of creation stands at the one end.
    if (instant === undefined) return Number.NEGATIVE_INFINITY;
    return instant === null ? -this.#sign * Number.POSITIVE_INFINITY : timeKey(instant, this.#sign);
  }

  /**
   * The key before which all calls from the frontier on are in the stretch; -Infinity when they are not.
   *
   * Neither the first row nor the last is relied on alone. One of another time, which one row may have, shows as such
   * between its neighbours, but not at an end: from there it would hide all calls up to its time.
   */
  #endOf({ keys, isFirst, isLast }: Stretch): number {
    if (isFirst && isLast) return Number.POSITIVE_INFINITY;
    const [second, lastButOne] = [keys[1], keys.at(-2)];
    // Of rows without any key nothing can be said.
    if (second === undefined || lastButOne === undefined || Number.isNaN(second)) {
      return isLast && this.#isBehind(keys[0]) ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
    }
    if (!isFirst && !this.#isBehind(second)) return Number.NEGATIVE_INFINITY;
    return isLast ? Number.POSITIVE_INFINITY : lastButOne - this.#lane.slackBehind;
  }

  #isBehind(key = Number.NaN): boolean {
    return key + this.#lane.slackBefore < this.#frontier;
  }

  /**
   * Whether the page tells of rows that stand before all calls of the list, of which the first has this key: only
   * one without a page before it does, since later on other calls may stand before them.
   */
  #isBeginning(first: number): boolean {
    return this.#wish.after === undefined && this.#frontier === this.#start && first >= this.#start;
  }

  #collect(stretch: Stretch, end: number): void {
    const { after, isWanted, mayBeWanted } = this.#wish;
    const isNew = (key: number): boolean => key >= this.#frontier && key < end && key <= this.#until;
    const calls: ListedCall[] = [];
    const leading = stretch.rows.findIndex(isListed);
    stretch.rows.forEach((row, index) => {
      if (isListed(row)) {
        const isBehind = after === undefined || this.#compare(row, after) > 0;
        if (isBehind && isNew(timeKey(row.createdAt, this.#sign)) && isWanted(row)) calls.push(row);
        return;
      }
      const key = stretch.keys[index] as number;
      const isLeading = stretch.isFirst && index < leading;
      const isMet = isLeading ? this.#isBeginning(key) : Number.isNaN(key) || isNew(key);
      if (isMet && (row.call === undefined || mayBeWanted(row.call))) {
        this.#skipped.push({ row: row.skipped, key: isLeading ? Number.NaN : key });
      }
    });
    this.#found.push(...calls.sort(this.#compare));
    this.#sources.add(stretch, end);
  }
}
