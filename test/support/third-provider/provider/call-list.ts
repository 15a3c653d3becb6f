import {
  type TokenPage,
  type TokenQuery,
  type TokenSource,
  toToken,
} from '../../../../src/adapters/kit/by-token/token-source.ts';
import { toRow } from '../../../../src/adapters/kit/placed-call.ts';
import type { CallsApi } from '../../../../src/adapters/kit/rest/calls-api.ts';
import { isObject } from '../../../../src/adapters/kit/rest/json.ts';
import { toForm } from '../../../../src/adapters/kit/rest/to-form.ts';
import type { Account } from '../../../../src/calls/account.ts';
import type { ProviderError } from '../../../../src/calls/failure.ts';
import type { CallFilter } from '../../../../src/calls/new-call.ts';
import type { Operation } from '../../../../src/calls/operation.ts';
import { toCall } from './to-call.ts';
import { isWireCall, readList } from './wire.ts';
import { toWord } from './words.ts';

/** Milliseconds. */
const second = 1_000;
const day = 86_400 * second;

/** The list of one account under one filter: newest first, bounded by whole days on which calls started. */
export class CallList implements TokenSource {
  readonly account: Account;
  readonly sorts = 'newest-first';
  /** Times are whole seconds of one clock. */
  readonly skew = second;
  /** A call may wait in the queue for a day. */
  readonly startsWithin = { before: 0, after: day };
  readonly step = day;
  readonly largestPage = 1_000;
  readonly retention = 400 * day;
  readonly #api: CallsApi;
  readonly #filter: CallFilter;
  readonly #operation: Operation;

  constructor(api: CallsApi, account: Account, filter: CallFilter, operation: Operation) {
    this.#api = api;
    this.account = account;
    this.#filter = filter;
    this.#operation = operation;
  }

  read({ min, max, size, token }: TokenQuery): Promise<TokenPage | ProviderError> {
    const { to, from, statuses } = this.#filter;
    const query = toForm({
      PageSize: size,
      'StartTime>': toDay(min),
      'StartTime<': toDay(max),
      To: toExact(to),
      From: toExact(from),
      Status: toWord(statuses),
    });
    const page = token === undefined ? '' : `&PageToken=${token}`;
    return this.#api.list(query + page, this.#operation, ({ text }) => {
      const list = readList(text);
      const next = toToken(list.nextPageUri, ['PageToken']);
      if (next === null) throw new Error('the link to the next page has no token');
      const rows = list.rows.map((each) =>
        toRow(each, (row) => toCall(isWireCall(row) ? row : { ...row, sid: '' }, this.account)),
      );
      return {
        rows,
        next,
        hasUnstarted: list.rows.some((row) => isObject(row) && (row.start_time ?? null) === null),
      };
    });
  }
}

function toDay(milliseconds: number | undefined): string | undefined {
  return milliseconds === undefined ? undefined : new Date(milliseconds).toISOString().slice(0, 10);
}

/** Numbers are compared as text: one with a plus sign is written in one way. */
function toExact(address: string | undefined): string | undefined {
  return address !== undefined && /^\+\d+$/.test(address) ? address : undefined;
}
