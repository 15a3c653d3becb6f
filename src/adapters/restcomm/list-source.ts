import { timeOf } from '../../calls/time-of.ts';
import { OutOfOrder } from '../kit/by-number/list-failures.ts';
import type { NumberQuery, NumberSource } from '../kit/by-number/number-source.ts';
import type { CallList } from './call-list.ts';
import type { ListQuery } from './list-requests.ts';
import { createMatcher } from './push-down.ts';
import type { SortOrder, SortOrders } from './sort-orders.ts';

/**
 * No call rings longer than this, in milliseconds: start_time is set when the call is created, and again when it rings
 * (SBC) or is answered (Connect).
 */
const longestRing = 30 * 60_000;

/** What `createListSource` needs to know of the list of one page. */
export interface ListSourceOptions {
  readonly list: CallList;
  /** The filter. */
  readonly query: ListQuery;
  readonly isOldestFirst: boolean;
  readonly orders: SortOrders;
}

/** The list in one of the orders that a server may give it. */
export function createListSource(order: SortOrder, options: ListSourceOptions): NumberSource {
  const { list, query, orders } = options;
  const unsorted: NumberSource = {
    account: list.server.account,
    letter: 's',
    sorts: 'unsorted',
    sortTime: ({ createdAt }) => timeOf(createdAt),
    slack: { later: 0, earlier: 0 },
    tolerance: order.endsWith('tolerant') ? 0.1 : 0,
    // The server has no maximum. Twice the rows held at a time do for any range of them.
    largestPage: 20_000,
    createMatcher,
    read: (page) => list.read(query, page),
    onRange: () => orders.seeOrder(),
  };
  if (order === 'unsorted') return unsorted;
  return { ...unsorted, ...(order.startsWith('created') ? byCreation(options) : byStart(options)) };
}

/**
 * By DateCreated, which Connect sorts by since 2018-06. Oldest first, a list by StartTime looks much the same but for
 * calls that were answered late. A server that sorts refuses a direction that does not exist; one from before SortBy
 * ignores it.
 */
function byCreation({ list, query, isOldestFirst, orders }: ListSourceOptions) {
  const sorted = { ...query, SortBy: `DateCreated:${isOldestFirst ? 'asc' : 'desc'}` };
  const read = async (page: NumberQuery) => {
    if (isOldestFirst && !orders.isSorting) {
      if (!(await list.refuses({ SortBy: 'DateCreated:neither' }))) throw new OutOfOrder();
      orders.seeSorting();
    }
    return list.read(sorted, page);
  };
  const onRange: NumberSource['onRange'] = ({ rows }) => {
    orders.seeOrder();
    // A server that ignores SortBy would give the oldest first.
    const [first, last] = [rows[0]?.key ?? 0, rows.at(-1)?.key ?? 0];
    if (!isOldestFirst && first < last) orders.seeSorting();
  };
  return { letter: 'c', sorts: 'as-requested', read, onRange } as const;
}

/**
 * By StartTime, ascending: what Connect sorted by before SortBy, and what SBC sorts by once EndTime is given, be it
 * the end of time (every row of SBC has an end_time).
 */
function byStart({ list, query, orders }: ListSourceOptions) {
  const isSbc = list.server.dialect.name === 'sbc';
  const sorted = isSbc ? { ...query, EndTime: '2999-12-31' } : query;
  const sortTime: NumberSource['sortTime'] = ({ startedAt, answeredAt }) =>
    timeOf(startedAt ?? answeredAt ?? '');
  const onRange = () => {
    orders.seeOrder();
    // An answer with EndTime shows that it works.
    if (isSbc) orders.seeSorting();
  };
  const read = (page: NumberQuery) => list.read(sorted, page);
  return {
    sorts: 'oldest-first',
    sortTime,
    slack: { later: longestRing, earlier: 0 },
    read,
    onRange,
  } as const;
}
