import { timeOf } from '../../calls/time-of.ts';
import { OutOfOrder } from '../kit/by-number/list-failures.ts';
import type { NumberSource } from '../kit/by-number/number-source.ts';
import type { CallList } from './call-list.ts';
import type { ListQuery } from './list-requests.ts';
import { createMatcher } from './push-down.ts';
import type { SortOrder, SortOrders } from './sort-orders.ts';

/**
 * No call rings longer than this, in milliseconds: start_time is set when the call is created, and again when it rings
 * (SBC) or is answered (Connect).
 */
const longestRing = 30 * 60_000;

/** What the source of a page needs to know besides its order. */
export interface ListSourceOptions {
  readonly list: CallList;
  /** The filter. */
  readonly query: ListQuery;
  readonly isOldestFirst: boolean;
  readonly orders: SortOrders;
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
export function createListSource(order: SortOrder, options: ListSourceOptions): NumberSource {
  const { list, query, isOldestFirst, orders } = options;
  const isByCreation = order.startsWith('created');
  const isByStart = order.startsWith('started');
  const hasEndTime = isByStart && list.server.dialect.name === 'sbc';
  const sorted = {
    ...query,
    ...(isByCreation && { SortBy: `DateCreated:${isOldestFirst ? 'asc' : 'desc'}` }),
    ...(hasEndTime && { EndTime: '2999-12-31' }),
  };
  return {
    account: list.server.account,
    letter: isByCreation ? 'c' : 's',
    sorts: isByCreation ? 'as-requested' : isByStart ? 'oldest-first' : 'unsorted',
    sortTime: ({ createdAt, startedAt, answeredAt }) =>
      timeOf(isByStart ? (startedAt ?? answeredAt ?? '') : createdAt),
    slack: { later: isByStart ? longestRing : 0, earlier: 0 },
    tolerance: order.endsWith('tolerant') ? 0.1 : 0,
    // The server has no maximum. Twice the rows held at a time do for any range of them.
    largestPage: 20_000,
    createMatcher,
    read: async (page) => {
      if (isByCreation && isOldestFirst && !orders.isSorting) {
        if (!(await list.refuses({ SortBy: 'DateCreated:neither' }))) throw new OutOfOrder();
        orders.seeSorting();
      }
      return list.read(sorted, page);
    },
    onRange: ({ rows }) => {
      orders.seeOrder();
      // An answer with EndTime shows that it works. A server that ignores SortBy would give the oldest first.
      const spansTime = (rows[0]?.key ?? 0) < (rows.at(-1)?.key ?? 0);
      if (hasEndTime || (isByCreation && !isOldestFirst && spansTime)) orders.seeSorting();
    },
  };
}
