import { CallList } from '../../../src/adapters/bandwidth/call-list.ts';
import { readPage } from '../../../src/adapters/kit/by-token/read-page.ts';
import { basicAuthorization } from '../../../src/adapters/kit/rest/authorization.ts';
import { CallsApi } from '../../../src/adapters/kit/rest/calls-api.ts';
import type { Read } from '../../../src/adapters/kit/rest/calls-request.ts';
import { ProviderError } from '../../../src/calls/failure.ts';
import { positionOf } from '../../../src/calls/order.ts';
import type { Page, PageRequest } from '../../../src/calls/page.ts';
import type { HttpResponse } from '../../../src/upstream/response-reader.ts';
import { someAccount, someOperation } from '../../support/some-call.ts';

/** A row of Bandwidth's list as a test makes it, with the time that the list is sorted by and does not show. */
export interface StubRow {
  readonly createdTime: number;
  readonly wire: unknown;
  /** Milliseconds since the epoch; null for a call that has not started, which no bounds on it let through. */
  readonly startTime: number | null;
}

/** What a request asks for. Times are milliseconds since the epoch. */
export interface Asked {
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly pageSize: number;
  readonly token: string | undefined;
  /** Of how many that came before it. */
  readonly nth: number;
}

export interface Answered {
  readonly rows: readonly unknown[];
  readonly next?: string | undefined;
}

export type Server = (asked: Asked) => Answered;

/** The rows that bounds let through, in the order of the list (Bandwidth spec, listCalls). */
export function within(rows: readonly StubRow[], { min, max }: Pick<Asked, 'min' | 'max'>): unknown[] {
  const isIn = ({ startTime }: StubRow) =>
    (min === undefined && max === undefined) ||
    (startTime !== null && startTime >= (min ?? Number.NEGATIVE_INFINITY) && startTime <= (max ?? Infinity));
  return rows
    .filter(isIn)
    .sort((a, b) => a.createdTime - b.createdTime)
    .map(({ wire }) => wire);
}

/** Of an API that is never reached. */
const options = {
  account: someAccount(),
  baseUrl: 'http://127.0.0.1:9',
  limits: { connectTimeout: 1, headersTimeout: 1, readDeadline: 1, maxBodyBytes: 1 },
  authorization: basicAuthorization({ username: 'user', password: 'secret' }),
  callsPath: '/calls',
  accept: 'application/json',
  verdicts: [],
};

/** Reads pages of a list off a server without sockets, and counts what that costs. */
export class StubList {
  requests = 0;
  rows = 0;
  readonly #server: Server;
  readonly #now: number;
  readonly #api: CallsApi;

  constructor(server: Server, now: number) {
    this.#server = server;
    this.#now = now;
    this.#api = Object.assign(new CallsApi(options), { ask: (read: Read) => this.#ask(read) });
  }

  page(request: PageRequest): Promise<Page> {
    const list = new CallList(this.#api, someAccount(), someOperation(), request.filter);
    return readPage(request, list, this.#now);
  }

  async #ask({ query: path }: Read): Promise<HttpResponse> {
    const query = new URLSearchParams(path);
    const time = (name: string) => {
      const text = query.get(name);
      return text === null ? undefined : Date.parse(text);
    };
    const [min, max] = [time('minStartTime'), time('maxStartTime')];
    const token = query.get('pageToken') ?? undefined;
    const asked = { min, max, pageSize: Number(query.get('pageSize')), token, nth: this.requests };
    this.requests += 1;
    if (this.requests > 20_000) throw new Error('The walk asks for ever.');
    const { rows, next } = this.#server(asked);
    this.rows += rows.length;
    const link = next === undefined ? undefined : `<https://voice.example/?pageToken=${next}>; rel="next"`;
    return { status: 200, text: JSON.stringify(rows), headers: { link } };
  }

  /** All pages of a walk, the last one with `failed` in place of a page where it ends in an error. */
  async walk(request: Omit<PageRequest, 'after' | 'hint'>, mostPages: number): Promise<Walked> {
    const pages: Page[] = [];
    const requests: number[] = [];
    let page: Page | undefined;
    do {
      const before = this.requests;
      if (pages.length === mostPages) throw new Error(`The walk has not ended after ${mostPages} pages.`);
      const last = page?.calls.at(-1);
      const after = page?.stopped ?? (last && positionOf(last));
      try {
        page = await this.page({ ...request, after, hint: page?.hint });
      } catch (error) {
        if (!(error instanceof ProviderError)) throw error;
        return { pages, requests, failed: error };
      }
      pages.push(page);
      requests.push(this.requests - before);
    } while (page.more);
    return { pages, requests };
  }
}

export interface Walked {
  readonly pages: readonly Page[];
  /** How many requests each page took. */
  readonly requests: readonly number[];
  readonly failed?: ProviderError;
}

export function idsOf({ pages }: Walked): string[] {
  return pages.flatMap(({ calls }) => calls.map(({ providerCallId }) => providerCallId));
}

export function toldBy({ pages }: Walked): string[] {
  return pages.flatMap(({ skipped = [] }) => skipped.map(({ providerCallId }) => providerCallId));
}
