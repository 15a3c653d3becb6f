import type { Instant } from '../../../calls/call.ts';
import { ProviderError } from '../../../calls/failure.ts';
import { comparatorOf } from '../../../calls/order.ts';
import type { Page, PageRequest } from '../../../calls/page.ts';
import type { PlacedCall } from '../placed-call.ts';
import type { WalkState } from '../walk-state.ts';
import { LinkedPages } from './linked-pages.ts';
import type { ListRows } from './list-rows.ts';
import type { PageRows } from './page-rows.ts';
import type { TokenList } from './token-list.ts';

/** Rows per request: few requests for a week of calls, and none of them slow. */
const step = 5_000;

const notFound =
  'Calls that have not started could not all be looked for, and may be missing from this list.';

const hidden = 'From here on the list is read by start time. Calls that have not started may be missing.';

/**
 * Finds the calls that have not started. Time bounds apply to `startedAt`, so a request with bounds returns neither
 * these calls nor rows without any time; only a request without bounds, from the beginning of the list, does. So
 * when a walk that used bounds reaches its end, the list is read once without them. There are two exceptions. With
 * a lower bound in the filter they are not looked for, since every row before the bound would have to be read. A
 * page in the order of the source without an upper bound, whose cursor is not from a walk that began at the first
 * page, reports that such calls may be missing.
 */
export class UnstartedCalls {
  readonly #request: PageRequest;
  readonly #list: TokenList;
  readonly #end: number;
  readonly #known: Instant | null | undefined;
  /** Earlier pages have returned all of them before this key. */
  readonly #seenTo: number | undefined;
  readonly #isHidden: boolean;
  readonly #isBounded: boolean;
  #isSought: boolean;
  #found: PlacedCall | null | undefined;

  /** @param state what the earlier pages of the walk have left */
  constructor(request: PageRequest, list: TokenList, state: WalkState) {
    const { axis } = list;
    const { min, max } = axis.boundsOf(request.filter);
    const isForward = axis.isForward(request.order);
    const time = request.after?.createdAt;
    const isFirst = typeof time !== 'string';
    // A cursor may lead back to before what was shown.
    const isSeen = !isFirst && isForward && state.seen !== undefined;
    const seenTo = isSeen ? Math.min(state.seen, axis.keyOf(time)) : undefined;
    const isWalk = !isForward || seenTo !== undefined || max !== undefined;
    const isHiding = min === undefined && (max !== undefined || !isForward || !isFirst);
    this.#request = request;
    this.#list = list;
    this.#isBounded = isHiding || min !== undefined;
    this.#end = max === undefined ? Number.POSITIVE_INFINITY : max + axis.skew;
    // A page that begins before the last one found has to look for it again.
    this.#known = isKnown(request, state.unstarted) ? state.unstarted : undefined;
    this.#seenTo = seenTo;
    this.#isSought = isHiding && isWalk && this.#known === undefined;
    this.#isHidden = isHiding && !isWalk && this.#known === undefined;
  }

  /**
   * For later pages: the key up to which the walk has returned these calls; undefined where it has read none.
   *
   * @param reached see `Watermark`
   */
  seenBy({ calls }: Page, reached: number): number | undefined {
    const last = calls.at(-1)?.createdAt;
    const shown = typeof last === 'string' ? this.#list.axis.keyOf(last) : Number.POSITIVE_INFINITY;
    const key = Math.floor(Math.min(shown, reached));
    return this.#isBounded || !Number.isFinite(key) ? this.#seenTo : key;
  }

  /** Reports that some may be missing, if they are not going to be looked for. */
  reportHidden(rows: PageRows): void {
    if (this.#isHidden) rows.skip(hidden);
  }

  /** Whether they are still to be looked for. */
  get isSought(): boolean {
    return this.#isSought && !this.#list.showsUnstarted;
  }

  /** Whether that takes all of the list. */
  get isInAll(): boolean {
    return this.isSought && this.#end === Number.POSITIVE_INFINITY;
  }

  /**
   * For later pages: a page that begins after this time need not look for these calls, since all that follow are
   * returned or reported. Null: no page need look. Undefined: not known.
   */
  knownBehind({ calls, more }: Page): Instant | null | undefined {
    if (this.#list.showsUnstarted) return null;
    if (this.#found === undefined) return this.#known;
    if (this.#found === null) return null;
    const last = calls.at(-1);
    const isOnPage = !more || (last && comparatorOf(this.#request.order)(this.#found, last) <= 0);
    return isOnPage ? this.#found.createdAt : undefined;
  }

  /** Takes in all rows of the list, read without bounds. */
  takeAll(list: ListRows, rows: PageRows): void {
    rows.addUnread(list, this.#seenTo);
    this.#settle(rows);
  }

  /**
   * Reads the list from the beginning, without bounds, until the budget is spent. If that is not far enough or a
   * request fails, the page reports that calls may be missing, instead of failing.
   */
  async find(rows: PageRows): Promise<void> {
    // A list of one page has hardly more rows than have been read of it.
    const expected = this.#request.after === undefined ? 50 + this.#list.rows : step;
    try {
      if (expected < step) await this.#read(rows, expected, 1);
      await this.#read(rows, step);
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
    }
    if (!this.isSought) return;
    rows.skip(notFound);
    this.#settle(rows);
  }

  async #read(rows: PageRows, expected: number, most = Number.POSITIVE_INFINITY): Promise<void> {
    const size = Math.min(expected, this.#list.largestPage);
    const pages = new LinkedPages(this.#list, { size });
    for (let count = 0; count < most && this.isSought && !this.#list.isSpent; count += 1) {
      const chunk = await pages.next();
      rows.addUnread(chunk, this.#seenTo);
      if (chunk.next === undefined || this.#list.axis.reachOf(chunk.calls) > this.#end) this.#settle(rows);
    }
  }

  #settle(rows: PageRows): void {
    this.#isSought = false;
    this.#found = rows.lastUnstarted ?? null;
  }
}

function isKnown({ order, after }: PageRequest, known: WalkState['unstarted']): boolean {
  if (known === undefined) return false;
  const time = after?.createdAt;
  if (known === null || typeof time !== 'string') return known === null;
  return order === 'OLDEST_FIRST' ? time > known : time < known;
}
