import type { Account } from '../../calls/account.ts';
import { normalizeAddress } from '../../calls/address.ts';
import type { Call } from '../../calls/call.ts';
import type { CallFilter } from '../../calls/new-call.ts';
import type { Operation } from '../../calls/operation.ts';
import { findTarget } from '../../http/link-header.ts';
import { misbehaved } from './errors.ts';
import { toCall } from './to-call.ts';
import { toCause } from './to-end-reason.ts';
import { toBound } from './to-instant.ts';
import type { VoiceApi } from './voice-api.ts';
import { isWireCall, parseJson } from './wire.ts';

/** Documented bound on `pageSize` (Bandwidth spec, listCalls). */
export const largestPage = 10_000;

/** What of the list is asked for in one request. Times are milliseconds since the epoch, inclusive. */
export interface ListQuery {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly pageSize: number;
  /** As found in a Link, percent-encoding and all. */
  readonly token?: string | undefined;
}

/** Rows in the provider's order, and the token of what follows them. */
export interface Chunk {
  readonly calls: readonly Call[];
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
  readonly #filter: string;
  #left: number;

  constructor(context: ListContext, filter: CallFilter, budget: number) {
    this.#context = context;
    this.#filter = toFilterQuery(filter);
    this.#left = budget;
  }

  /** Whether the budget is spent. */
  get isSpent(): boolean {
    return this.#left <= 0;
  }

  /** One request (Bandwidth spec, listCalls: a bare array, and a Link where there is more). */
  async read(query: ListQuery): Promise<Chunk> {
    this.#left -= 1;
    const { api, account, operation } = this.#context;
    const answer = await api.read(`?${toPageQuery(query)}${this.#filter}`, operation);
    if (answer.status !== 200) throw api.toReadError(answer, 'list');
    const rows = parseJson(answer.text);
    if (!Array.isArray(rows)) throw misbehaved(account, 'no array in a list');
    const next = toToken(findTarget(answer.headers.link, 'next'));
    if (next === null || (next !== undefined && next === query.token)) {
      throw misbehaved(account, 'a list goes on, but not where');
    }
    return { calls: rows.map((row) => this.#toCall(row)), next };
  }

  #toCall(row: unknown): Call {
    if (!isWireCall(row)) throw misbehaved(this.#context.account, 'a row of a list without callId');
    return toCall(row, this.#context.account);
  }
}

/** Bounds are widened to whole seconds, the only form that the documentation shows. */
function toPageQuery({ min, max, pageSize, token }: ListQuery): string {
  let query = `pageSize=${pageSize}`;
  if (min !== undefined) query += `&minStartTime=${toSecond(Math.floor(min / 1000))}`;
  if (max !== undefined) query += `&maxStartTime=${toSecond(Math.ceil(max / 1000))}`;
  return token === undefined ? query : `${query}&pageToken=${token}`;
}

function toSecond(seconds: number): string {
  return encodeURIComponent(toBound(seconds * 1000).replace('.000Z', 'Z'));
}

/**
 * What of a filter Bandwidth can do by itself: exact numbers, and one cause of the end where only one
 * has that meaning. Each lets through no less than the filter does; the rest is finished here.
 */
function toFilterQuery({ to, from, endReason }: CallFilter): string {
  const cause = endReason === undefined ? undefined : toCause(endReason);
  const pushed = {
    to: to && normalizeAddress(to),
    from: from && normalizeAddress(from),
    disconnectCause: cause,
  };
  return Object.entries(pushed)
    .filter((entry): entry is [string, string] => Boolean(entry[1]))
    .map(([name, value]) => `&${name}=${encodeURIComponent(value)}`)
    .join('');
}

/** What may stand in a query as it is; above all neither `&` nor `#`, which would end the parameter. */
export function isToken(text: string): boolean {
  return /^[A-Za-z0-9\-._~%!$'()*+,=:@/]{1,4096}$/.test(text);
}

/**
 * The token out of a Link, exactly as sent (called `cursor` in an older draft), and nothing else of it:
 * an address that an answer chose never sees our credentials. Null where there is a Link without one.
 */
function toToken(target: string | undefined): string | null | undefined {
  if (target === undefined) return undefined;
  const query = /\?([^#]*)/.exec(target)?.[1] ?? '';
  const token = ['pageToken=', 'cursor=']
    .map((name) =>
      query
        .split('&')
        .find((parameter) => parameter.startsWith(name))
        ?.slice(name.length),
    )
    .find((value) => value !== undefined);
  return token !== undefined && isToken(token) ? token : null;
}
