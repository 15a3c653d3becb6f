import type { Operation } from '../../calls/operation.ts';
import type { Page, PageRequest } from '../../calls/page.ts';
import { OutOfOrder, TooManyRows } from '../kit/by-number/list-failures.ts';
import { readPage } from '../kit/by-number/read-page.ts';
import { misbehaved } from '../kit/rest/provider-errors.ts';
import { isFurther, longestStandstill, readWalkState, writeWalkState } from '../kit/walk-state.ts';
import { CallList } from './call-list.ts';
import type { ListQuery, ListServer } from './list-requests.ts';
import { createListSource } from './list-source.ts';
import { isEmpty, toPushDown } from './push-down.ts';
import { type FailedOrder, SortOrders } from './sort-orders.ts';

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
    return new CallList(this.#server, operation, 1).count();
  }

  async page(request: PageRequest, operation: Operation): Promise<Page> {
    const query = toPushDown(request.filter, this.#server.dialect);
    if (query === null) return { calls: [], more: false };
    const list = new CallList(this.#server, operation, request.budget);
    const { changes } = this.#orders;
    const { hint, still } = readWalkState(request.hint);
    const page = await this.#read(query, { ...request, hint }, list);
    if (isFurther(page, request)) return page;
    const spent = still + list.spent;
    // With the same hint, and nothing learned, the next page would make the same requests.
    const isRepeated = page.hint === hint && changes === this.#orders.changes;
    if (isRepeated || spent > longestStandstill) {
      throw misbehaved(this.#server.account, {}, 'gives a list that cannot be read any further');
    }
    await list.checkLastPage();
    return { ...page, hint: writeWalkState({ still: spent, unstarted: undefined }, page.hint) };
  }

  /** Reads a page in the order that the server is known to sort by, or in another one where that fails. */
  async #read(query: ListQuery, request: PageRequest, list: CallList): Promise<Page> {
    const failures: FailedOrder[] = [];
    const isOldestFirst = request.order === 'OLDEST_FIRST';
    for (;;) {
      const order = this.#orders.nextAfter(failures);
      if (order === undefined) break;
      const source = createListSource(order, { list, query, isOldestFirst, orders: this.#orders });
      try {
        const page = await readPage(source, request);
        this.#orders.seePage(order);
        return page;
      } catch (error) {
        failures.push({ order, error });
      }
    }
    const error = failures.at(-1)?.error;
    throw error instanceof OutOfOrder ? new TooManyRows(list.server.account) : error;
  }
}
