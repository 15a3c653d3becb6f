import type { Account } from '../../calls/account.ts';
import { ProviderError } from '../../calls/failure.ts';
import type { Operation } from '../../calls/operation.ts';
import type { Row } from '../kit/by-number/list-row.ts';
import {
  Allowance,
  type Asking,
  isSamePage,
  type Query,
  type SeenPage,
  type Spending,
} from '../kit/by-number/request-budget.ts';
import type { Slice } from '../kit/by-number/row-range.ts';
import type { CallsApi } from '../kit/rest/calls-api.ts';
import { misbehaved } from '../kit/rest/provider-errors.ts';
import type { Dialect } from './dialect.ts';
import { ignoresPage, ignoresPageSize, toListError } from './errors.ts';
import { toRow } from './row.ts';
import { type Format, readList, type WireList } from './wire.ts';

/** Answers that cannot be read, or belong to another request, are asked for again this often. */
const TRIES = 3;

/** The list of an account's calls, page by page, each answer checked to be the one asked for. */
export class CallList {
  readonly #api: CallsApi;
  readonly #account: Account;
  readonly #dialect: Dialect;
  readonly #format: Format;

  constructor(api: CallsApi, account: Account, dialect: Dialect, format: Format) {
    this.#api = api;
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
    if (answer === 'beyond') return { offset, rows: [], isLast: true, total: 0 };
    const rows = this.#toRows(answer);
    const seen = { query, page, size, rows };
    if (asking.seen.add(seen)) await this.#checkPage(seen, asking.operation);
    if (isShort(answer, page, size)) await this.#checkPageSize(seen, asking.operation);
    const isLast = rows.length < size;
    const end = offset + rows.length;
    const told = answer.total ?? (answer.pages ?? 0) * size;
    return { offset, rows, isLast, total: isLast && rows.length > 0 ? end : Math.max(told, end) };
  }

  /**
   * Sees to it that the page read last is another one than the first.
   *
   * @throws ProviderError PROVIDER_MISBEHAVED when the server pays no heed to `Page`
   */
  async checkLastPage({ seen, operation }: Asking): Promise<void> {
    if (seen.last !== undefined) await this.#checkPage(seen.last, operation);
  }

  async #checkPage(seen: SeenPage, operation: Operation): Promise<void> {
    const first = await this.#askBeyond(seen.query, 0, seen.size, operation);
    if (isSamePage(seen, first)) throw ignoresPage(this.#account);
  }

  /** Behind a page that is not full no row is to stand, however many are told: their number may be another list's. */
  async #checkPageSize({ query, page, size, rows }: SeenPage, operation: Operation): Promise<void> {
    const next = await this.#askBeyond(query, page * size + rows.length, 1, operation);
    if (next.length > 0) throw ignoresPageSize(this.#account);
  }

  /** A page asked for beyond the allowance, to learn whether the server can be relied on. */
  async #askBeyond(query: Query, page: number, size: number, operation: Operation): Promise<readonly Row[]> {
    const answer = await this.#ask(query, page, size, { operation, allowance: new Allowance(TRIES) });
    return answer === undefined || answer === 'beyond' ? [] : this.#toRows(answer);
  }

  /** How many rows there are, or undefined when the allowance is used up. */
  async count(query: Query, asking: Spending): Promise<number | undefined> {
    // XML tells the number of pages in place of the rows: with one row a page they are the same.
    const answer = await this.#ask(query, 0, 1, asking);
    if (answer === undefined) return undefined;
    if (answer === 'beyond' || answer.total === null) throw misbehaved(this.#account);
    return answer.total;
  }

  /** Whether the server refuses these parameters (400). */
  async refuses(query: Query, { operation, allowance }: Spending): Promise<boolean> {
    allowance.take();
    const parameters = new URLSearchParams({ ...query, PageSize: '1' });
    const answer = await this.#api.ask({ kind: 'list', query: `?${parameters}` }, operation);
    if (answer.status !== 200 && answer.status !== 400) throw toListError(this.#api, answer);
    return answer.status === 400;
  }

  async #ask(
    query: Query,
    page: number,
    size: number,
    { operation, allowance }: Spending,
  ): Promise<WireList | 'beyond' | undefined> {
    const parameters = new URLSearchParams({ ...query, Page: String(page), PageSize: String(size) });
    let error: ProviderError | undefined;
    let short: WireList | undefined;
    let isBroken = false;
    for (let tries = 0; tries < TRIES; tries++) {
      // A bad answer is asked for again even beyond the allowance: else nothing would come of it, time and again.
      if (!allowance.take() && tries === 0) return undefined;
      const answer = await this.#api.ask({ kind: 'list', query: `?${parameters}` }, operation);
      if (answer.status === 400 && page > 0) return 'beyond';
      if (answer.status === 200) {
        const list = this.#read(answer.text);
        if (list instanceof ProviderError) error = list;
        else if (this.#isOurs(list, page, size)) {
          if (!isShort(list, page, size)) return list;
          short = list;
        }
      } else {
        error = toListError(this.#api, answer);
        if (answer.status !== 500 || isBroken) throw error;
        isBroken = true;
      }
    }
    if (short !== undefined) return short;
    throw error ?? misbehaved(this.#account);
  }

  #isOurs({ page, pageSize, uri, rows }: WireList, askedPage: number, askedSize: number): boolean {
    const isWithin = page === askedPage && pageSize === askedSize && rows.length <= askedSize;
    return isWithin && (uri ?? '').includes(this.#dialect.callsPath);
  }

  #toRows({ rows }: WireList): readonly Row[] {
    return rows.map((row) => toRow(row, this.#account, this.#dialect));
  }

  #read(text: string): WireList | ProviderError {
    try {
      return readList(text, this.#format);
    } catch (error) {
      return misbehaved(this.#account, { cause: error });
    }
  }
}

/** Whether a page is not full, although more rows are told to follow it. */
function isShort({ rows, pages, total }: WireList, page: number, size: number): boolean {
  const end = page * size + rows.length;
  return rows.length < size && ((pages ?? 0) > page || (total ?? 0) > end);
}
