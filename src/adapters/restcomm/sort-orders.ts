import { OutOfOrder, TooManyRows } from '../kit/by-number/list-failures.ts';
import type { Dialect } from './dialect.ts';
import { ServerFault } from './list-requests.ts';

/**
 * What a list can be sorted by: DateCreated, StartTime, or nothing. Tolerant, rows that are out of order are skipped,
 * which is the last resort where a list is too long to be read whole.
 */
export type SortOrder = 'created' | 'started' | 'unsorted' | 'created, tolerant' | 'started, tolerant';

/** A reading of a page that failed. */
export interface FailedOrder {
  readonly order: SortOrder;
  readonly error: unknown;
}

/** How long the first order is not tried again after another has worked in its place, in milliseconds. */
const retryAfter = 15 * 60_000;

/** What is known of how one server sorts. */
export class SortOrders {
  readonly #first: SortOrder;
  /** What has worked in place of the first order. */
  #substitute: { readonly order: SortOrder; readonly since: number } | undefined;
  /** The order in which the last answer was not. One answer alone does not show how a server sorts. */
  #doubted: SortOrder | undefined;
  /** Whether the server has been seen to sort: Connect by DateCreated, SBC by StartTime. */
  isSorting = false;

  constructor({ name }: Dialect) {
    this.#first = name === 'connect' ? 'created' : 'started';
  }

  get #current(): SortOrder {
    const { order = this.#first, since = 0 } = this.#substitute ?? {};
    return Date.now() - since < retryAfter ? order : this.#first;
  }

  /** All that is known, as one text. With the same, the same request is read in the same way. */
  get known(): string {
    return JSON.stringify([this.#substitute, this.#doubted, this.isSorting]);
  }

  /** Records an answer whose rows were in order. */
  seeOrder(): void {
    this.#doubted = undefined;
  }

  /** Records that a page has been read in this order. */
  seePage(order: SortOrder): void {
    if (order === this.#current) return;
    this.#substitute = { order, since: Date.now() };
  }

  /**
   * The order to read a page in after these failures, of which the last one counts most. It may be the same once more.
   * Undefined when the failure has nothing to do with the order, or none is left.
   */
  nextAfter(failures: readonly FailedOrder[]): SortOrder | undefined {
    const [former, last] = [failures.at(-2), failures.at(-1)];
    if (last === undefined) return this.#current;
    const { order, error } = last;
    if (error instanceof OutOfOrder) {
      if (this.#doubted !== order && former?.order !== order) {
        this.#doubted = order;
        return order;
      }
      if (order === 'created') return 'started';
      return order === 'started' ? 'unsorted' : undefined;
    }
    // Whether EndTime works on every database that SBC runs on has not been seen: it would fail with 500. A server
    // that is away gets no second round of requests without it.
    const isFault = error instanceof ServerFault && this.#first === 'started' && !this.isSorting;
    if (order === 'started' && isFault) return 'unsorted';
    if (order !== 'unsorted' || !(error instanceof TooManyRows)) return undefined;
    // There are too many calls by now. That the first order did not work may have been a passing fault.
    if (this.#substitute?.order === 'unsorted') {
      this.#substitute = undefined;
      return this.#first;
    }
    if (!(former?.error instanceof OutOfOrder)) return undefined;
    return this.isSorting && this.#first === 'created' ? 'created, tolerant' : 'started, tolerant';
  }
}
