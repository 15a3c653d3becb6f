import type { Account } from '../../calls/account.ts';
import { ProviderError } from '../../calls/failure.ts';
import type { CallFilter } from '../../calls/new-call.ts';
import type { Operation } from '../../calls/operation.ts';
import { findTarget } from '../../upstream/headers/link-header.ts';
import type { CallsApi } from '../kit/rest/calls-api.ts';
import { isObject, parseJson } from '../kit/rest/json.ts';
import { misbehaved } from '../kit/rest/provider-errors.ts';
import { type ListQuery, toFilterQuery, toPageQuery } from './list-query.ts';
import { type ListRows, toListRows } from './list-rows.ts';
import { toToken } from './page-token.ts';
import { areWithin } from './within-bounds.ts';

/** Rows in the provider's order, and the token of what follows them. */
export interface Chunk extends ListRows {
  readonly next: string | undefined;
}

interface Answered extends Chunk {
  /** Of all rows, whatever they are. */
  readonly count: number;
  readonly hasUnstarted: boolean;
}

/** What reading a list needs to know. */
export interface ListContext {
  readonly api: CallsApi;
  readonly account: Account;
  readonly operation: Operation;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** The list of one account under one filter, read within a budget of requests. */
export class CallList {
  readonly #context: ListContext;
  readonly #filter: CallFilter;
  readonly #filterQuery: string;
  readonly #budget: number;
  #left: number;
  #rows = 0;
  #showsUnstarted = false;

  constructor(context: ListContext, filter: CallFilter, budget: number) {
    this.#context = context;
    this.#filter = filter;
    this.#filterQuery = toFilterQuery(filter);
    this.#budget = budget;
    this.#left = budget;
  }

  /** How many requests have been spent. */
  get spent(): number {
    return this.#budget - this.#left;
  }

  /** How many rows they have brought. */
  get rows(): number {
    return this.#rows;
  }

  /** Whether the provider has shown, within bounds on startTime, a call that has none, against what is known of it. */
  get showsUnstarted(): boolean {
    return this.#showsUnstarted;
  }

  /** Whether the budget is spent. */
  get isSpent(): boolean {
    return this.#left <= 0;
  }

  /**
   * One page. An answer from which something would have to be concluded about the server is asked for once more, if
   * need be beyond the budget: a single bad one shows nothing.
   *
   * @param isDoubtful whether the page is such an answer; so is one that cannot be read, or pays no heed to the bounds
   */
  async read(query: ListQuery, isDoubtful: (chunk: Chunk) => boolean = () => false): Promise<Chunk> {
    let answered = await this.#ask(query);
    if (answered instanceof ProviderError || isDoubtful(answered) || !areWithin(answered.calls, query)) {
      answered = await this.#ask(query);
    }
    if (answered instanceof ProviderError) throw answered;
    this.#rows += answered.count;
    const isBounded = query.min !== undefined || query.max !== undefined;
    this.#showsUnstarted ||= isBounded && answered.hasUnstarted;
    return answered;
  }

  /** One request (Bandwidth spec, listCalls: a bare array, and a Link where there is more). */
  async #ask(query: ListQuery): Promise<Answered | ProviderError> {
    this.#left -= 1;
    const { api, account, operation } = this.#context;
    const answer = await api.ask(
      { kind: 'list', query: `?${toPageQuery(query)}${this.#filterQuery}` },
      operation,
    );
    if (answer.status !== 200) throw api.toError({ kind: 'list' }, answer);
    const rows = parseJson(answer.text);
    if (!Array.isArray(rows)) return misbehaved(account, { cause: 'no array in a list' });
    const next = toToken(findTarget(answer.headers.link, 'next'));
    if (next === null) return misbehaved(account, { cause: 'a list goes on, but not where' });
    const read = toListRows(rows, account, this.#filter);
    return { ...read, next, count: rows.length, hasUnstarted: rows.some(isUnstarted) };
  }

  /** What a list is that does not get ahead. */
  endless(cause: string): ProviderError {
    const { name } = this.#context.account;
    return new ProviderError('PROVIDER_MISBEHAVED', `${name} gives a list that does not get ahead.`, {
      cause,
    });
  }
}

function isUnstarted(row: unknown): boolean {
  return isObject(row) && (row.startTime ?? null) === null;
}
