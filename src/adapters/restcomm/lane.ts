import { timeOf } from '../../calls/time-of.ts';
import type { Asking, Query } from './asking.ts';
import type { CallList } from './call-list.ts';
import { type OrderOptions, type Stretch, toStretch } from './stretch.ts';

/**
 * A way to walk the list: which parameters put it into an order, and what that order promises. Reading
 * goes by `createdAt`, newest or oldest first; what the server sorts by is at best close to it.
 */
export interface Lane {
  /** A row that stands before a row with key k has a time of creation before k plus this. */
  readonly slackBefore: number;
  /** A row that stands behind a row with key k has a time of creation behind k minus this. */
  readonly slackBehind: number;
  /** Whether new calls move the others to larger offsets. */
  readonly growsInFront: boolean;
  /** Whether the server has been seen to sort as it is asked to. */
  readonly hasSorted: boolean;
  /**
   * Rows `[offset, offset + count)` at least, in one answer; undefined when the allowance is used up.
   *
   * @throws OrderIgnored when the rows are not in order
   */
  read(offset: number, count: number, asking: Asking): Promise<Stretch | undefined>;
}

/** The order of reading as a sign: times grow, or times fall. */
export type Sign = 1 | -1;

/** A time as a number that grows in the order of reading. */
export function timeKey(instant: string, sign: Sign): number {
  return sign * timeOf(instant);
}

/**
 * The smallest page of the server's, which can only start at a multiple of its size, that holds the rows
 * `[from, to)`.
 */
export function coveringPage(from: number, to: number): { readonly page: number; readonly size: number } {
  let size = to - from;
  while ((Math.floor(from / size) + 1) * size < to) size += 1;
  return { page: Math.floor(from / size), size };
}

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
