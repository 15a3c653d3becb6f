import type { Call } from '../../calls/call.ts';
import type { Operation } from '../../calls/operation.ts';
import type { NumberPage, NumberQuery } from '../kit/by-number/number-source.ts';
import { misbehaved } from '../kit/rest/provider-errors.ts';
import { isShort, type ListQuery, ListRequests, type ListServer, toListError } from './list-requests.ts';

/** A page of a list as it was answered. */
interface ReadPage extends NumberQuery {
  readonly query: ListQuery;
  readonly rows: readonly (Call | undefined)[];
}

/** The list of an account's calls, read within a budget of requests, from a server that is seen to respect pages. */
export class CallList extends ListRequests {
  readonly #budget: number;
  #lastPage: ReadPage | undefined;

  constructor(server: ListServer, operation: Operation, budget: number) {
    super(server, operation);
    this.#budget = budget;
  }

  /**
   * One page, empty beyond the end; undefined when the budget is spent. To repeat a request whose answer was bad, or to
   * check an answer, more is spent than the budget: the next page would have to do the same.
   *
   * @throws ProviderError PROVIDER_MISBEHAVED when the server ignores `Page` or `PageSize`
   */
  async read(query: ListQuery, request: NumberQuery): Promise<NumberPage | undefined> {
    if (this.sent >= this.#budget) return undefined;
    const answer = await this.ask(query, request);
    const page = { ...request, query, rows: answer.rows };
    const former = this.#lastPage;
    if (page.rows.length > 0) this.#lastPage = page;
    // In a list that grows in front, rows move, but seldom by just as many.
    if (former !== undefined && isMoved(former, page)) await this.checkLastPage();
    if (isShort(answer, request)) await this.#checkPageSize(page);
    return { rows: page.rows, total: answer.total ?? (answer.pages ?? 0) * request.size };
  }

  /** Checks that the page read last differs from the first one. @throws ProviderError */
  async checkLastPage(): Promise<void> {
    const { query = {}, page = 0, size = 0, rows = [] } = this.#lastPage ?? {};
    if (page === 0) return;
    const { rows: first } = await this.ask(query, { page: 0, size });
    // Pages that are not full do not tell: all the rows there are may be on either.
    const isFull = rows.length === size && first.length === size;
    const isSame = rows.every((row, index) => idOf(row) === idOf(first[index]));
    if (isFull && isSame && rows.some((row) => idOf(row) !== ''))
      throw misbehaved(this.server.account, {}, 'gives the same calls whichever page is requested');
  }

  /** Whether the server refuses these parameters (400). */
  async refuses(query: ListQuery): Promise<boolean> {
    const answer = await this.send({ ...query, PageSize: '1' });
    if (answer.status !== 200 && answer.status !== 400) throw toListError(this.server.api, answer);
    return answer.status === 400;
  }

  /**
   * Checks that no row follows a page that is not full. Its total may be another list's, but then the next answer, which
   * has none of its own rows, does not repeat it.
   */
  async #checkPageSize({ query, page, size, rows }: ReadPage): Promise<void> {
    const request = { page: page * size + rows.length, size: 1 };
    const next = await this.ask(query, request);
    if (next.rows.length > 0 || isShort(next, request))
      throw misbehaved(this.server.account, {}, 'gives fewer calls on a page of its list than it says');
  }
}

/** Whether two pages begin with the same call, although they begin at different offsets. */
function isMoved(one: ReadPage, other: ReadPage): boolean {
  const [first, second] = [one, other].map(({ page, size, rows }) => {
    const index = rows.findIndex((row) => idOf(row) !== '');
    return { id: idOf(rows[index]), offset: page * size + index };
  });
  return first?.id !== '' && first?.id === second?.id && first?.offset !== second?.offset;
}

/** Empty for a row without one. */
function idOf(row: Call | undefined): string {
  return row?.providerCallId ?? '';
}
