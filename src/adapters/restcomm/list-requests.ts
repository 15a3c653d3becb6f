import type { Account } from '../../calls/account.ts';
import type { Call } from '../../calls/call.ts';
import { ProviderError } from '../../calls/failure.ts';
import type { Operation } from '../../calls/operation.ts';
import type { HttpResponse } from '../../upstream/response-reader.ts';
import type { NumberQuery } from '../kit/by-number/number-source.ts';
import { toRow } from '../kit/placed-call.ts';
import type { CallsApi } from '../kit/rest/calls-api.ts';
import { misbehaved } from '../kit/rest/provider-errors.ts';
import { toForm } from '../kit/rest/to-form.ts';
import type { Dialect } from './dialect.ts';
import { toCall } from './to-call.ts';
import { type Format, readList, type WireList } from './wire.ts';

/** The parameters of a list that decide which rows are in it and in which order. */
export type ListQuery = Readonly<Record<string, string | undefined>>;

/** One account of a server, as its list is read. */
export interface ListServer {
  readonly api: CallsApi;
  readonly account: Account;
  readonly dialect: Dialect;
  readonly format: Format;
}

/** A page of a list, with its rows as `NumberPage` has them. */
export type ListPage = WireList<Call | undefined>;

/** The server answers 400 to a page beyond the end. */
const beyond: ListPage = { page: null, pageSize: null, pages: null, total: null, uri: null, rows: [] };

/** An answer that cannot be read, or belongs to another request, is requested again: this many times in all. */
const tries = 3;

/**
 * Requests for pages of a list. Each answer is checked to be the one requested.
 *
 * Restcomm Connect keeps the metadata of a list in one object for all requests, so an answer may carry the page, size
 * and account of another, or fail with 500 over them (CallsEndpoint.java, CallDetailRecordListConverter.java). Its rows
 * are the right ones, but nothing tells how many there ought to be, so the page is requested again.
 */
export class ListRequests {
  readonly server: ListServer;
  readonly #operation: Operation;
  /** How many requests have been sent. */
  sent = 0;

  constructor(server: ListServer, operation: Operation) {
    this.server = server;
    this.#operation = operation;
  }

  /** Sends one request, whatever comes of it. */
  send(parameters: ListQuery): ReturnType<CallsApi['ask']> {
    this.sent += 1;
    return this.server.api.ask({ kind: 'list', query: `?${toForm(parameters)}` }, this.#operation);
  }

  /** One page, empty beyond the end. @throws ProviderError */
  async ask(query: ListQuery, request: NumberQuery): Promise<ListPage> {
    const parameters = { ...query, Page: String(request.page), PageSize: String(request.size) };
    let error: ProviderError | undefined;
    let short: ListPage | undefined;
    for (let nth = 0; nth < tries; nth += 1) {
      const answer = await this.send(parameters);
      if (answer.status === 400 && request.page > 0) return beyond;
      if (answer.status === 200) {
        const list = this.#read(answer.text);
        if (list instanceof ProviderError) error = list;
        else if (this.#isOurs(list, request)) {
          if (!isShort(list, request)) return list;
          short = list;
        }
      } else {
        const failure = toListError(this.server.api, answer);
        if (!(failure instanceof ServerFault) || error instanceof ServerFault) throw failure;
        error = failure;
      }
    }
    if (short !== undefined) return short;
    throw error ?? misbehaved(this.server.account);
  }

  #isOurs({ page, pageSize, uri, rows }: WireList, request: NumberQuery): boolean {
    const isSame = page === request.page && pageSize === request.size && rows.length <= request.size;
    return isSame && (uri ?? '').includes(this.server.dialect.callsPath);
  }

  #read(text: string): ListPage | ProviderError {
    const { account, dialect, format } = this.server;
    try {
      const list = readList(text, format);
      this.#operation.rows = (this.#operation.rows ?? 0) + list.rows.length;
      return { ...list, rows: list.rows.map((row) => toRow(row, (wire) => toCall(wire, account, dialect))) };
    } catch (error) {
      return misbehaved(account, { cause: error });
    }
  }
}

/** The server has failed at this very request (500); it may do better at another. */
export class ServerFault extends ProviderError {}

/** What an answer to a list means that is no page of it. */
export function toListError(api: CallsApi, answer: HttpResponse): ProviderError {
  const error = api.toError({ kind: 'list' }, answer);
  return answer.status === 500 ? new ServerFault(error.code, error.message, error) : error;
}

/** Whether a page is not full, although the metadata says that more rows follow it. */
export function isShort({ rows, pages, total }: WireList, { page, size }: NumberQuery): boolean {
  const end = page * size + rows.length;
  return rows.length < size && ((pages ?? 0) > page || (total ?? 0) > end);
}
