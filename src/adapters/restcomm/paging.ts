import type { Operation } from '../../calls/operation.ts';
import type { Page, PageRequest } from '../../calls/page.ts';
import { timeOf } from '../../calls/time-of.ts';
import { OutOfOrder, TooManyRows } from '../kit/by-number/list-failures.ts';
import type { NumberSource } from '../kit/by-number/number-source.ts';
import { readPage } from '../kit/by-number/read-page.ts';
import { misbehaved } from '../kit/rest/provider-errors.ts';
import { isFurther, longestStandstill, readWalkState, writeWalkState } from '../kit/walk-state.ts';
import { CallList } from './call-list.ts';
import { type ListQuery, ListRequests, type ListServer } from './list-requests.ts';
import { createMatcher, isEmpty, toPushDown } from './push-down.ts';
import { type FailedOrder, type SortOrder, SortOrders } from './sort-orders.ts';

/**
 * No call rings longer than this, in milliseconds: start_time is set when the call is created, and again when it rings
 * (SBC) or is answered (Connect).
 */
const longestRing = 30 * 60_000;

/** Lists of calls in order, filtered, page by page. */
export class Paging {
  readonly #server: ListServer;
  readonly #orders: SortOrders;

  constructor(server: ListServer) {
    this.#server = server;
    this.#orders = new SortOrders(server.dialect);
  }

  async count(filter: PageRequest['filter'], operation: Operation): Promise<number | null> {
    if (toPushDown(filter, this.#server.dialect) === null) return 0;
    if (!isEmpty(filter)) return null;
    // XML tells the number of pages in place of the rows: with one row a page they are the same.
    const { total } = await new ListRequests(this.#server, operation).ask({}, { page: 0, size: 1 });
    if (total === null) throw misbehaved(this.#server.account);
    return total;
  }

  async page(request: PageRequest, operation: Operation): Promise<Page> {
    const query = toPushDown(request.filter, this.#server.dialect);
    if (query === null) return { calls: [], more: false };
    const list = new CallList(this.#server, operation, request.budget);
    const { known } = this.#orders;
    const { hint, still } = readWalkState(request.hint);
    const page = await this.#read(query, { ...request, hint }, list);
    if (isFurther(page, request)) return page;
    const spent = still + list.sent;
    // With the same hint, and nothing learned, the next page would make the same requests.
    const isRepeated = page.hint === hint && known === this.#orders.known;
    if (isRepeated || spent > longestStandstill) {
      throw misbehaved(this.#server.account, {}, 'gives a list that cannot be read any further');
    }
    await list.checkLastPage();
    return { ...page, hint: writeWalkState({ still: spent, unstarted: undefined }, page.hint) };
  }

  /** Reads a page in the order that the server is known to sort by, or in another one where that fails. */
  async #read(query: ListQuery, request: PageRequest, list: CallList): Promise<Page> {
    const failures: FailedOrder[] = [];
    const next = () => this.#orders.nextAfter(failures);
    for (let order = next(); order !== undefined; order = next()) {
      try {
        const page = await readPage(this.#sourceOf(order, query, request, list), request);
        this.#orders.seePage(order);
        return page;
      } catch (error) {
        failures.push({ order, error });
      }
    }
    const error = failures.at(-1)?.error;
    throw error instanceof OutOfOrder ? new TooManyRows(this.#server.account) : error;
  }

  /**
   * The list in one of the orders that a server may give it.
   *
   * Connect sorts by DateCreated since 2018-06. Oldest first, a list by StartTime looks much the same but for calls that
   * were answered late. A server that sorts refuses a direction that does not exist; one from before SortBy ignores it.
   *
   * By StartTime, ascending, Connect sorted before SortBy, and SBC does once EndTime is given, be it the end of time
   * (every row of SBC has an end_time).
   */
  #sourceOf(sort: SortOrder, query: ListQuery, { order }: PageRequest, list: CallList): NumberSource {
    const orders = this.#orders;
    const isOldestFirst = order === 'OLDEST_FIRST';
    const isByCreation = sort.startsWith('created');
    const isByStart = sort.startsWith('started');
    const hasEndTime = isByStart && this.#server.dialect.name === 'sbc';
    const sorted = {
      ...query,
      ...(isByCreation && { SortBy: `DateCreated:${isOldestFirst ? 'asc' : 'desc'}` }),
      ...(hasEndTime && { EndTime: '2999-12-31' }),
    };
    return {
      account: this.#server.account,
      letter: isByCreation ? 'c' : 's',
      sorts: isByCreation ? 'as-requested' : isByStart ? 'oldest-first' : 'unsorted',
      sortTime: ({ createdAt, startedAt, answeredAt }) =>
        timeOf(isByStart ? (startedAt ?? answeredAt ?? '') : createdAt),
      slack: { later: isByStart ? longestRing : 0, earlier: 0 },
      tolerance: sort.endsWith('tolerant') ? 0.1 : 0,
      // The server has no maximum. Twice the rows held at a time do for any range of them.
      largestPage: 20_000,
      createMatcher,
      read: async (page) => {
        if (isByCreation && isOldestFirst && !orders.isSorting) {
          if (!(await list.refuses({ SortBy: 'DateCreated:neither' }))) throw new OutOfOrder();
          orders.isSorting = true;
        }
        return list.read(sorted, page);
      },
      onRange: ({ rows }) => {
        orders.seeOrder();
        // An answer with EndTime shows that it works. A server that ignores SortBy would give the oldest first.
        const spansTime = (rows[0]?.key ?? 0) < (rows.at(-1)?.key ?? 0);
        if (hasEndTime || (isByCreation && !isOldestFirst && spansTime)) orders.isSorting = true;
      },
    };
  }
}
