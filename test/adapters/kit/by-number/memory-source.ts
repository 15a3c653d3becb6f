import type { NumberQuery, NumberSource } from '../../../../src/adapters/kit/by-number/number-source.ts';
import type { Call } from '../../../../src/calls/call.ts';
import { isMatch } from '../../../../src/calls/filter.ts';
import type { PageRequest } from '../../../../src/calls/page.ts';
import { timeOf } from '../../../../src/calls/time-of.ts';
import { someAccount } from '../../../support/some-call.ts';

export type Sorts = NumberSource['sorts'];

/** What one page of a list is read from: `read` gives rows in the order that the source describes. */
export interface MemoryList {
  readonly sorts: Sorts;
  /** How much later than `createdAt` a call may start, in milliseconds. */
  readonly later: number;
  readonly tolerance?: number;
  rowsOf(query: NumberQuery, order: PageRequest['order']): readonly Call[];
  total(): number;
}

/** A source in memory that counts what is read. */
export class MemorySource {
  requests = 0;
  rows = 0;
  readonly #list: MemoryList;

  constructor(list: MemoryList) {
    this.#list = list;
  }

  /** The source of one page, which may spend the budget of its request. */
  of({ order, budget }: Pick<PageRequest, 'order' | 'budget'>): NumberSource {
    const { sorts, later, tolerance = 0 } = this.#list;
    const isByStart = sorts === 'oldest-first';
    let left = budget;
    return {
      account: someAccount(),
      letter: isByStart ? 's' : 'c',
      sorts,
      sortTime: ({ createdAt, startedAt }) => timeOf(isByStart ? (startedAt ?? createdAt) : createdAt),
      slack: { later: isByStart ? later : 0, earlier: 0 },
      tolerance,
      largestPage: 20_000,
      createMatcher: (filter) => (call) => isMatch(call, filter),
      read: async (query) => {
        if (left === 0) return undefined;
        left -= 1;
        this.requests += 1;
        const rows = this.#list.rowsOf(query, order);
        this.rows += rows.length;
        return { rows, total: this.#list.total() };
      },
    };
  }
}

/** A list of calls that are kept in an array, of which those with the same time come in another order each time. */
export class ArrayList implements MemoryList {
  readonly sorts: Sorts;
  readonly later: number;
  readonly calls: Call[] = [];
  #reads = 0;

  constructor(sorts: Sorts, later: number) {
    this.sorts = sorts;
    this.later = later;
  }

  rowsOf({ page, size }: NumberQuery, order: PageRequest['order']): readonly Call[] {
    this.#reads += 1;
    const sign = this.sorts === 'as-requested' && order === 'NEWEST_FIRST' ? -1 : 1;
    const timeOfRow = (call: Call) =>
      timeOf((this.sorts === 'oldest-first' ? call.startedAt : call.createdAt) ?? '');
    const tie = (call: Call) => (Number(call.providerCallId.slice(1)) * 7919 * this.#reads) % 104_729;
    const sorted = this.calls.toSorted(
      (a, b) => (this.sorts === 'unsorted' ? 0 : sign * (timeOfRow(a) - timeOfRow(b))) || tie(a) - tie(b),
    );
    return sorted.slice(page * size, (page + 1) * size);
  }

  total(): number {
    return this.calls.length;
  }
}
