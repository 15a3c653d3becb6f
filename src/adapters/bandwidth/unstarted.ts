import type { Instant } from '../../calls/call.ts';
import { ProviderError } from '../../calls/failure.ts';
import { comparatorOf } from '../../calls/order.ts';
import type { Page, PageRequest } from '../../calls/page.ts';
import type { CallList } from './call-list.ts';
import type { Harvest } from './harvest.ts';
import { LinkedPages } from './linked-pages.ts';
import type { PlacedCall } from './list-rows.ts';
import { type Reading, reachOf } from './read-window.ts';
import { skew } from './windows.ts';

/** Rows to ask for in one request: few requests for a week, and none that takes long to be read. */
const step = 5_000;

const notFound =
  'Calls that have not started could not all be looked for, and may be missing from this list.';

/**
 * The calls that have not started. Bounds on startTime hide them (Bandwidth spec, listCalls), and rows without any
 * time, so they are met only where the list is read from its very beginning without bounds. A list that is read
 * by bounds is read in that way, too, once, when its end has been reached. Its narrowing by `createdAfter` spares
 * it that: it would cost all that is older.
 */
export class Unstarted {
  readonly #request: PageRequest;
  readonly #list: CallList;
  readonly #end: number;
  readonly #known: Instant | null | undefined;
  #isSought: boolean;
  #found: PlacedCall | null | undefined;

  /** @param known what an earlier page of the walk has left: see `knownBehind` */
  constructor(request: PageRequest, list: CallList, known: Instant | null | undefined) {
    const { createdBefore } = request.filter;
    this.#request = request;
    this.#list = list;
    this.#end = createdBefore === undefined ? Number.POSITIVE_INFINITY : Date.parse(createdBefore) + skew;
    // Where a page begins before the last one found, it is not sure to come across it again.
    this.#known = isKnown(request, known) ? known : undefined;
    this.#isSought = isReadByBounds(request) && this.#known === undefined;
  }

  /** Whether they are still to be looked for. */
  get isSought(): boolean {
    return this.#isSought && !this.#list.showsUnstarted;
  }

  /**
   * Whether the last window, which goes back to the beginning, is better read without an end either: in a list of one
   * page, what lies between is but what has been read.
   */
  get isInLastWindow(): boolean {
    return this.isSought && this.#request.after === undefined && this.#end === Number.POSITIVE_INFINITY;
  }

  /**
   * For the pages behind this one: a time behind which none is left that is not on a page or told; null where that
   * is so wherever they begin, undefined where it is not known.
   */
  knownBehind({ calls, more }: Page): Instant | null | undefined {
    if (this.#list.showsUnstarted) return null;
    if (this.#found === undefined) return this.#known;
    if (this.#found === null) return null;
    const last = calls.at(-1);
    const isOnPage = !more || (last && comparatorOf(this.#request.order)(this.#found, last) <= 0);
    return isOnPage ? this.#found.createdAt : undefined;
  }

  /** Takes in what was read without bounds from the beginning of the list on. */
  see({ isEnd, reached }: Pick<Reading, 'isEnd' | 'reached'>, harvest: Harvest): void {
    if (isEnd || reached > this.#end) this.#settle(harvest);
  }

  /**
   * Looks for them, from the beginning of the list on, as far as the budget leads. Tells where that is not far
   * enough, or fails: what has been found of the list is worth more.
   */
  async find(harvest: Harvest): Promise<void> {
    // A list of one page has hardly more rows than have been read of it.
    const expected = this.#request.after === undefined ? 50 + this.#list.rows : step;
    try {
      if (expected < step) await this.#read(harvest, expected, 1);
      await this.#read(harvest, step);
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
    }
    if (!this.isSought) return;
    harvest.skip(notFound);
    this.#settle(harvest);
  }

  async #read(harvest: Harvest, pageSize: number, most = Number.POSITIVE_INFINITY): Promise<void> {
    const pages = new LinkedPages(this.#list, { pageSize });
    for (let count = 0; count < most && this.isSought && !this.#list.isSpent; count += 1) {
      const chunk = await pages.next();
      harvest.addUnread(chunk);
      this.see({ isEnd: chunk.next === undefined, reached: reachOf(chunk.calls) }, harvest);
      if (chunk.next === undefined) return;
    }
  }

  #settle(harvest: Harvest): void {
    this.#isSought = false;
    this.#found = harvest.lastUnstarted ?? null;
  }
}

/** OLDEST_FIRST, only an end bounds the list from its beginning on; `Chain` tells where it cannot go on without. */
function isReadByBounds({ order, filter: { createdAfter, createdBefore } }: PageRequest): boolean {
  return createdAfter === undefined && (order === 'NEWEST_FIRST' || createdBefore !== undefined);
}

function isKnown({ order, after }: PageRequest, known: Instant | null | undefined): boolean {
  if (known === undefined) return false;
  const place = after?.createdAt;
  if (known === null || typeof place !== 'string') return known === null;
  return order === 'OLDEST_FIRST' ? place > known : place < known;
}
