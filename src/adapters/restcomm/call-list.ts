import type { Account } from '../../calls/account.ts';
import type { Call } from '../../calls/call.ts';
import { ProviderError } from '../../calls/failure.ts';
import type { Operation } from '../../calls/operation.ts';
import type { NumberPage, NumberQuery } from '../kit/by-number/number-source.ts';
import { RequestBudget } from '../kit/by-number/request-budget.ts';
import type { CallsApi } from '../kit/rest/calls-api.ts';
import { misbehaved } from '../kit/rest/provider-errors.ts';
import type { Dialect } from './dialect.ts';
import { ignoresPage, ignoresPageSize, toListError } from './errors.ts';
import { toRow } from './to-row.ts';
import { type Format, readList, type WireList } from './wire.ts';

/** The parameters of a list that decide which rows are in it and in which order. */
export type ListQuery = Readonly<Record<string, string>>;

/** One account of a server, as its list is read. */
export interface ListServer {
  readonly api: CallsApi;
  readonly account: Account;
  readonly dialect: Dialect;
  readonly format: Format;
}

/** A page of a list as it was answered. */
interface SeenPage extends NumberQuery {
  readonly query: ListQuery;
  readonly rows: readonly (Call | undefined)[];
}

/** An answer that cannot be read, or belongs to another request, is asked for again: this many times in all. */
const tries = 3;

/**
 * The list of an account's calls, read within a budget of requests. Each answer is checked to be the one asked for.
 *
 * Restcomm Connect keeps the metadata of a list in one object for all requests, so that an answer may carry the page,
 * size and account of another, or fail with 500 over them (CallsEndpoint.java, CallDetailRecordListConverter.java).
 * The rows are always those asked for, but how many of them there ought to be cannot be told then: such an answer is
 * asked for again.
 */
export class CallList {
  readonly #server: ListServer;
  readonly #operation: Operation;
  readonly #budget: RequestBudget;
  /** Where calls that began a page have been found, by their ids. */
  readonly #firstRows = new Map<string, number>();
  #lastPage: SeenPage | undefined;

  constructor(server: ListServer, operation: Operation, budget: RequestBudget) {
    this.#server = server;
    this.#operation = operation;
    this.#budget = budget;
  }

  get account(): Account {
    return this.#server.account;
  }

  get dialect(): Dialect {
    return this.#server.dialect;
  }

  /**
   * One page; undefined when the budget is spent. A page beyond the end is empty: the server answers 400 for it.
   *
   * @throws ProviderError PROVIDER_MISBEHAVED when the server ignores `Page` or `PageSize`
   */
  async read(query: ListQuery, { page, size }: NumberQuery): Promise<NumberPage | undefined> {
    const answer = await this.#ask(query, { page, size }, this.#budget);
    if (answer === undefined) return undefined;
    if (answer === 'beyond') return { rows: [], total: 0 };
    const rows = this.#toRows(answer);
    const seen = { query, page, size, rows };
    if (page > 0) this.#lastPage = seen;
    if (this.#isFoundElsewhere(seen)) await this.#checkPage(seen);
    if (isShort(answer, { page, size })) await this.#checkPageSize(seen);
    return { rows, total: answer.total ?? (answer.pages ?? 0) * size };
  }

  /** Checks that the page read last differs from the first one. @throws ProviderError */
  async checkLastPage(): Promise<void> {
    if (this.#lastPage !== undefined) await this.#checkPage(this.#lastPage);
  }

  /** How many calls there are. */
  async count(): Promise<number> {
    // XML tells the number of pages in place of the rows: with one row a page they are the same.
    const answer = await this.#ask({}, { page: 0, size: 1 }, this.#budget);
    if (answer === undefined || answer === 'beyond' || answer.total === null) throw misbehaved(this.account);
    return answer.total;
  }

  /** Whether the server refuses these parameters (400). */
  async refuses(query: ListQuery): Promise<boolean> {
    this.#budget.spend();
    const parameters = new URLSearchParams({ ...query, PageSize: '1' });
    const answer = await this.#server.api.ask({ kind: 'list', query: `?${parameters}` }, this.#operation);
    if (answer.status !== 200 && answer.status !== 400) throw toListError(this.#server.api, answer);
    return answer.status === 400;
  }

  /**
   * Whether the page begins with a call that has begun another one. In a list that grows in front, rows move, but
   * seldom by just as many.
   */
  #isFoundElsewhere({ page, size, rows }: SeenPage): boolean {
    const index = rows.findIndex((row) => idOf(row) !== '');
    if (index < 0) return false;
    const [id, row] = [idOf(rows[index]), page * size + index];
    const former = this.#firstRows.get(id);
    this.#firstRows.set(id, row);
    return page > 0 && former !== undefined && former !== row;
  }

  async #checkPage({ query, size, rows }: SeenPage): Promise<void> {
    const first = await this.#askBeyond(query, { page: 0, size });
    // Pages that are not full do not tell: all the rows there are may be on either.
    const isFull = rows.length === size && first.length === size;
    const isSame = rows.every((row, index) => idOf(row) === idOf(first[index]));
    if (isFull && isSame && rows.some((row) => idOf(row) !== '')) throw ignoresPage(this.account);
  }

  /** Behind a page that is not full no row may stand, whatever the total says: it may be another list's. */
  async #checkPageSize({ query, page, size, rows }: SeenPage): Promise<void> {
    const next = await this.#askBeyond(query, { page: page * size + rows.length, size: 1 });
    if (next.length > 0) throw ignoresPageSize(this.account);
  }

  /** A page asked for beyond the budget, to learn whether the server can be relied on. */
  async #askBeyond(query: ListQuery, page: NumberQuery): Promise<SeenPage['rows']> {
    const answer = await this.#ask(query, page, new RequestBudget(tries));
    return answer === undefined || answer === 'beyond' ? [] : this.#toRows(answer);
  }

  async #ask(
    query: ListQuery,
    { page, size }: NumberQuery,
    budget: RequestBudget,
  ): Promise<WireList | 'beyond' | undefined> {
    const parameters = new URLSearchParams({ ...query, Page: String(page), PageSize: String(size) });
    let error: ProviderError | undefined;
    let short: WireList | undefined;
    let hasFailed = false;
    for (let nth = 0; nth < tries; nth += 1) {
      // A bad answer is asked for again even beyond the budget. Else the next page would begin with the same one.
      if (!budget.spend() && nth === 0) return undefined;
      const answer = await this.#server.api.ask({ kind: 'list', query: `?${parameters}` }, this.#operation);
      if (answer.status === 400 && page > 0) return 'beyond';
      if (answer.status === 200) {
        const list = this.#read(answer.text);
        if (list instanceof ProviderError) error = list;
        else if (this.#isOurs(list, { page, size })) {
          if (!isShort(list, { page, size })) return list;
          short = list;
        }
      } else {
        error = toListError(this.#server.api, answer);
        if (answer.status !== 500 || hasFailed) throw error;
        hasFailed = true;
      }
    }
    if (short !== undefined) return short;
    throw error ?? misbehaved(this.account);
  }

  #isOurs({ page, pageSize, uri, rows }: WireList, asked: NumberQuery): boolean {
    const isSame = page === asked.page && pageSize === asked.size && rows.length <= asked.size;
    return isSame && (uri ?? '').includes(this.dialect.callsPath);
  }

  #toRows({ rows }: WireList): SeenPage['rows'] {
    return rows.map((row) => toRow(row, this.account, this.dialect));
  }

  #read(text: string): WireList | ProviderError {
    try {
      return readList(text, this.#server.format);
    } catch (error) {
      return misbehaved(this.account, { cause: error });
    }
  }
}

/** Whether a page is not full, although more rows are told to follow it. */
function isShort({ rows, pages, total }: WireList, { page, size }: NumberQuery): boolean {
  const end = page * size + rows.length;
  return rows.length < size && ((pages ?? 0) > page || (total ?? 0) > end);
}

/** Empty for a row without one. */
function idOf(row: Call | undefined): string {
  return row?.providerCallId ?? '';
}
