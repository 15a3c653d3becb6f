import { coveringPage, type Lane, type Sign, timeKey } from '../kit/by-number/number-source.ts';
import type { Asking, Query } from '../kit/by-number/request-budget.ts';
import { type OrderOptions, type Stretch, toStretch } from '../kit/by-number/row-range.ts';
import type { CallList } from './call-list.ts';

/** The list by time of creation, which Connect sorts by since 2018-06, in the direction of reading. */
export class CreatedLane implements Lane {
  readonly slackBefore = 0;
  readonly slackBehind = 0;
  readonly growsInFront: boolean;
  readonly #list: CallList;
  readonly #query: Query;
  readonly #order: OrderOptions;
  #hasSorted = false;

  constructor(list: CallList, query: Query, sign: Sign, isLoose: boolean) {
    this.#list = list;
    this.#query = { ...query, SortBy: `DateCreated:${sign === 1 ? 'asc' : 'desc'}` };
    this.#order = { keyOf: ({ createdAt }) => timeKey(createdAt, sign), isLoose };
    this.growsInFront = sign === -1;
  }

  async read(offset: number, count: number, asking: Asking): Promise<Stretch | undefined> {
    const from = Math.max(0, offset);
    const { page, size } = coveringPage(from, from + count);
    const slice = await this.#list.read(this.#query, page, size, asking);
    if (slice === undefined) return undefined;
    const stretch = toStretch({ ...slice, isFirst: slice.offset === 0 }, this.#order);
    const [first = 0] = stretch.keys;
    if (this.growsInFront && first < (stretch.keys.at(-1) ?? first)) this.#hasSorted = true;
    return stretch;
  }

  /** Newest first is not what one that ignores SortBy would give. */
  get hasSorted(): boolean {
    return this.#hasSorted;
  }
}
