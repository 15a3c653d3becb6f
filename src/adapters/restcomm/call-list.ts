import type { Account } from '../../calls/account.ts';
import type { Call, Instant } from '../../calls/call.ts';
import { ProviderError } from '../../calls/failure.ts';
import type { Operation } from '../../calls/operation.ts';
import type { CallsResource } from './calls-resource.ts';
import type { Dialect } from './dialect.ts';
import { toReadError, unreadable } from './errors.ts';
import { toCall } from './to-call.ts';
import { type Format, readList, type WireList } from './wire.ts';

/** The parameters of a list that decide which rows are in it and in which order. */
export type Query = Readonly<Record<string, string>>;

/** A call that has a place in the order. */
export type ListedCall = Call & { readonly createdAt: Instant };

/** Rows of a list as they followed one another in one answer. */
export interface Slice {
  /** How many rows stand before it. */
  readonly offset: number;
  readonly calls: readonly ListedCall[];
  /** Whether nothing stands behind it. */
  readonly isLast: boolean;
  /** How many rows the whole list has: a hint only, since another list's number may be in its place. */
  readonly total: number;
}

/** How many requests may still be made. */
export class Allowance {
  #left: number;

  constructor(requests: number) {
    this.#left = requests;
  }

  /** Takes one; false when there is none left. */
  take(): boolean {
    this.#left -= 1;
    return this.#left >= 0;
  }
}

/** Answers that cannot be read, or belong to another request, are asked for again this often. */
const TRIES = 3;

/** What speaks for whom, on whose behalf, and how often still. */
export interface Asking {
  readonly operation: Operation;
  readonly allowance: Allowance;
}

/** The list of an account's calls, page by page, each answer checked to be the one asked for. */
export class CallList {
  readonly #resource: CallsResource;
  readonly #account: Account;
  readonly #dialect: Dialect;
  readonly #format: Format;

  constructor(resource: CallsResource, account: Account, dialect: Dialect, format: Format) {
    this.#resource = resource;
    this.#account = account;
    this.#dialect = dialect;
    this.#format = format;
  }

  /**
   * One page; undefined when the allowance is used up. A page beyond the end is empty: the server
   * answers 400 for it.
   *
   * Restcomm Connect keeps the metadata of a list in one object for all requests, so that an answer may
   * carry the page, size and account of another, or fail with 500 over them (CallsEndpoint.java,
   * CallDetailRecordListConverter.java). The rows are always those asked for, but how many of them there
   * ought to be cannot be told then: such an answer is asked for again.
   */
  async read(query: Query, page: number, size: number, asking: Asking): Promise<Slice | undefined> {
    const answer = await this.#ask(query, page, size, asking);
    if (answer === undefined) return undefined;
    const offset = page * size;
    if (answer === 'beyond') return { offset, calls: [], isLast: true, total: 0 };
    const calls = answer.calls.map((wire) => this.#toListed(toCall(wire, this.#account, this.#dialect)));
    const isLast = calls.length < size;
    const seen = offset + calls.length;
    const told = answer.total ?? (answer.pages ?? 0) * size;
    return { offset, calls, isLast, total: isLast && calls.length > 0 ? seen : Math.max(told, seen) };
  }

  /** How many rows there are, or undefined when the allowance is used up. */
  async count(query: Query, asking: Asking): Promise<number | undefined> {
    // XML tells the number of pages in place of the rows: with one row a page they are the same.
    const answer = await this.#ask(query, 0, 1, asking);
    if (answer === undefined) return undefined;
    if (answer === 'beyond' || answer.total === null) throw unreadable(this.#account);
    return answer.total;
  }

  /** Whether the server refuses these parameters (400). */
  async refuses(query: Query, { operation, allowance }: Asking): Promise<boolean> {
    allowance.take();
    const answer = await this.#resource.list(new URLSearchParams({ ...query, PageSize: '1' }), operation);
    if (answer.status !== 200 && answer.status !== 400) throw toReadError(answer, this.#account);
    return answer.status === 400;
  }

  async #ask(
    query: Query,
    page: number,
    size: number,
    { operation, allowance }: Asking,
  ): Promise<WireList | 'beyond' | undefined> {
    const parameters = new URLSearchParams({ ...query, Page: String(page), PageSize: String(size) });
    let error: ProviderError | undefined;
    let isBroken = false;
    for (let tries = 0; tries < TRIES; tries++) {
      if (!allowance.take()) return undefined;
      const answer = await this.#resource.list(parameters, operation);
      if (answer.status === 400 && page > 0) return 'beyond';
      if (answer.status === 200) {
        const list = this.#read(answer.text);
        if (list instanceof ProviderError) error = list;
        else if (this.#isOurs(list, page, size)) return list;
      } else {
        error = toReadError(answer, this.#account);
        if (answer.status !== 500 || isBroken) throw error;
        isBroken = true;
      }
    }
    throw error ?? unreadable(this.#account);
  }

  #isOurs({ page, pageSize, uri, calls }: WireList, askedPage: number, askedSize: number): boolean {
    const isWithin = page === askedPage && pageSize === askedSize && calls.length <= askedSize;
    return isWithin && (uri ?? '').includes(this.#dialect.callsPath);
  }

  #read(text: string): WireList | ProviderError {
    try {
      return readList(text, this.#format);
    } catch (error) {
      return unreadable(this.#account, error);
    }
  }

  #toListed(call: Call): ListedCall {
    if (!isListed(call)) throw unreadable(this.#account, new Error('a call without time of creation'));
    return call;
  }
}

function isListed(call: Call): call is ListedCall {
  return call.createdAt !== null;
}
