import type { Account } from '../../calls/account.ts';
import { ProviderError } from '../../calls/failure.ts';
import type { CallFilter } from '../../calls/new-call.ts';
import type { Operation } from '../../calls/operation.ts';
import { findTarget } from '../../http/link-header.ts';
import { misbehaved } from './errors.ts';
import { type ListQuery, toFilterQuery, toPageQuery } from './list-query.ts';
import { type ListRows, toListRows } from './list-rows.ts';
import { toToken } from './page-token.ts';
import type { VoiceApi } from './voice-api.ts';
import { isObject, parseJson } from './wire.ts';

/** Rows in the provider's order, and the token of what follows them. */
export interface Chunk extends ListRows {
  readonly next: string | undefined;
}

/** What reading a list needs to know. */
export interface ListContext {
  readonly api: VoiceApi;
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

  /** One request (Bandwidth spec, listCalls: a bare array, and a Link where there is more). */
  async read(query: ListQuery): Promise<Chunk> {
    this.#left -= 1;
    const { api, account, operation } = this.#context;
    const answer = await api.read(`?${toPageQuery(query)}${this.#filterQuery}`, operation);
    if (answer.status !== 200) throw api.toReadError(answer, 'list');
    const rows = parseJson(answer.text);
    if (!Array.isArray(rows)) throw misbehaved(account, 'no array in a list');
    const next = toToken(findTarget(answer.headers.link, 'next'));
    if (next === null) throw misbehaved(account, 'a list goes on, but not where');
    this.#rows += rows.length;
    const isBounded = query.min !== undefined || query.max !== undefined;
    this.#showsUnstarted ||= isBounded && rows.some(isUnstarted);
    return { ...toListRows(rows, account, this.#filter), next };
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
