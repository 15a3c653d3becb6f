import type { Account } from '../../calls/account.ts';
import type { ProviderError } from '../../calls/failure.ts';
import type { CallFilter } from '../../calls/new-call.ts';
import type { Operation } from '../../calls/operation.ts';
import { findTarget } from '../../upstream/headers/link-header.ts';
import { type TokenPage, type TokenQuery, type TokenSource, toToken } from '../kit/by-token/token-source.ts';
import { toRow } from '../kit/placed-call.ts';
import type { CallsApi } from '../kit/rest/calls-api.ts';
import { isObject, parseJson } from '../kit/rest/json.ts';
import { toFilterQuery, toPageQuery } from './list-query.ts';
import { toCall } from './to-call.ts';
import { isWireCall } from './wire.ts';

/** Milliseconds. */
const second = 1_000;
const minute = 60 * second;
const day = 24 * 60 * minute;

/**
 * The list of one account under one filter (Bandwidth spec, listCalls): a bare array, sorted by `createdTime`,
 * which is not in the rows; a Link header leads to the next page.
 */
export class CallList implements TokenSource {
  readonly account: Account;
  readonly sorts = 'oldest-first';
  /** How far two of Bandwidth's clocks may be apart. */
  readonly skew = 5 * second;
  /** A full queue takes 300 seconds to empty (api-docs, call queueing guide). Doubled as a margin. */
  readonly startsWithin = { before: 5 * second, after: 10 * minute };
  /** The only form of a time that the documentation shows. */
  readonly step = second;
  /** Documented bound on `pageSize` (Bandwidth spec, listCalls). */
  readonly largestPage = 10_000;
  /** Calls are kept for seven days after they end (Bandwidth spec, listCalls); one more for long calls. */
  readonly retention = 8 * day;
  /** The list may be some minutes late (Bandwidth spec, listCalls). */
  readonly rowLifetime = 10 * second;
  readonly #api: CallsApi;
  readonly #operation: Operation;
  readonly #filterQuery: string;

  constructor(api: CallsApi, account: Account, operation: Operation, filter: CallFilter) {
    this.#api = api;
    this.account = account;
    this.#operation = operation;
    this.#filterQuery = toFilterQuery(filter);
  }

  async read(query: TokenQuery): Promise<TokenPage | ProviderError> {
    const text = toPageQuery(query) + this.#filterQuery;
    return this.#api.list(text, this.#operation, (answer) => {
      const wires = parseJson(answer.text);
      if (!Array.isArray(wires)) throw new TypeError('no array in a list');
      this.#operation.rows = (this.#operation.rows ?? 0) + wires.length;
      // The parameter is called `cursor` in an older draft.
      const next = toToken(findTarget(answer.headers.link, 'next'), ['pageToken', 'cursor']);
      if (next === null) throw new TypeError('the link to the next page has no token');
      const rows = wires.map((wire: unknown) =>
        toRow(wire, (row) => toCall(isWireCall(row) ? row : { ...row, callId: '' }, this.account)),
      );
      return { rows, next, hasUnstarted: wires.some(isUnstarted) };
    });
  }
}

function isUnstarted(row: unknown): boolean {
  return isObject(row) && (row.startTime ?? null) === null;
}
