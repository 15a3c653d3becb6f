import type { Account } from '../../../calls/account.ts';
import type { Call } from '../../../calls/call.ts';
import type { Limits } from '../../../calls/calls-adapter.ts';
import { ProviderError } from '../../../calls/failure.ts';
import type { Operation } from '../../../calls/operation.ts';
import { HttpClient } from '../../../upstream/http-client.ts';
import { ProviderClient } from '../../../upstream/provider-client.ts';
import type { HttpResponse } from '../../../upstream/response-reader.ts';
import type { Authorization } from './authorization.ts';
import { toPathSegment } from './path-segment.ts';
import { misbehaved, notFound, outcomeUnknown } from './provider-errors.ts';
import { toProviderError, toUnsentError } from './to-provider-error.ts';
import { type Refusals, type RequestKind, toVerdict } from './verdicts.ts';

/** What a provider says of its API, for one account. */
export interface CallsApiOptions extends Refusals {
  readonly account: Account;
  readonly baseUrl: string;
  readonly limits: Limits;
  /** How many calls may be placed in a second where `limits` do not say; not bounded when absent. */
  readonly defaultCallsPerSecond?: number;
  readonly authorization: Authorization;
  /** Below the base URL, without a slash at the end. */
  readonly callsPath: string;
  /** What follows every path, such as `.json`. */
  readonly suffix?: string;
  /** The media type of answers. */
  readonly accept: string;
}

/** A GET of the list, or of the one call that `id` names. */
export interface Read {
  readonly kind: 'get' | 'list';
  readonly id?: string;
  /** Percent-encoded, with its `?`. */
  readonly query?: string;
  /** The server may fail for what is asked, whatever its health. */
  readonly isDoubtful?: boolean;
}

/** A POST or PUT to the list, or to the one call that `id` names. */
export interface Write {
  readonly kind: Exclude<RequestKind, Read['kind']>;
  readonly method?: 'POST' | 'PUT';
  readonly id?: string;
  /** What follows the id in the path. */
  readonly below?: string;
  readonly type: string;
  readonly body: string;
  /** The one status that means success; any 2xx when absent. */
  readonly expected?: number;
}

type ReadAnswer<T> = (answer: HttpResponse) => T;

/**
 * The calls of one account as a resource of an HTTP API. Each request has one verdict: what the answer is read as, or
 * a ProviderError, which is the only thing that any method rejects with. Whatever is wrong with an answer to a write
 * that does not certainly refuse it is OUTCOME_UNKNOWN.
 */
export class CallsApi {
  readonly #options: CallsApiOptions;
  readonly #http: ProviderClient;

  constructor(options: CallsApiOptions) {
    const { baseUrl, limits, defaultCallsPerSecond } = options;
    const { callsPerSecond = defaultCallsPerSecond } = limits;
    this.#options = options;
    this.#http = new ProviderClient(new HttpClient(baseUrl, limits), limits, { callsPerSecond });
  }

  /**
   * One call: null where the table says NOT_FOUND, and where no call can have the id.
   *
   * @param read throws when the answer (200) is not what was asked for; here and below
   */
  async find<T>(
    target: Pick<Read, 'id' | 'isDoubtful'>,
    operation: Operation,
    read: ReadAnswer<T>,
  ): Promise<T | null> {
    const request = { kind: 'get', ...target } as const;
    try {
      const answer = await this.ask(request, operation);
      if (answer.status !== 200) throw this.toError(request, answer);
      return this.#readAnswer(answer, read, misbehaved);
    } catch (error) {
      if (error instanceof ProviderError && error.code === 'NOT_FOUND') return null;
      throw error;
    }
  }

  /** A page of the list. Gives the error of an answer (200) that cannot be read, so that it can be asked for again. */
  async list<T>(query: string, operation: Operation, read: ReadAnswer<T>): Promise<T | ProviderError> {
    const request = { kind: 'list', query: `?${query}` } as const;
    const answer = await this.ask(request, operation);
    if (answer.status !== 200) throw this.toError(request, answer);
    try {
      return read(answer);
    } catch (error) {
      return misbehaved(this.#options.account, { cause: error });
    }
  }

  /** GET, repeated once with a new token when the one at hand is refused. Any status is an answer. */
  async ask(request: Read, operation: Operation): Promise<HttpResponse> {
    const path = this.#pathOf(request);
    const { authorization } = this.#options;
    try {
      const given = authorization.header(operation);
      const header = typeof given === 'string' ? given : await given;
      const answer = await this.#get(path, header, request, operation);
      if (answer.status !== 401 || !authorization.refused(header)) return answer;
      return await this.#get(path, await authorization.header(operation), request, operation);
    } catch (failure) {
      throw toProviderError(failure, this.#options.account, 'read');
    }
  }

  /**
   * POST or PUT, once: no provider can tell a request from its repetition.
   *
   * @param read throws when the answer does not show that it was done
   */
  async write<T>(request: Write, operation: Operation, read: ReadAnswer<T>): Promise<T> {
    const { account, authorization, accept } = this.#options;
    const { kind, method = 'POST', type, body, expected } = request;
    const path = this.#pathOf(request);
    const header = await this.#headerForWrite(operation);
    const headers = { authorization: header, accept, 'content-type': type };
    let answer: HttpResponse;
    try {
      const paced = kind === 'create';
      answer = await this.#http.request({ method, path, headers, body, paced }, operation);
    } catch (failure) {
      throw toProviderError(failure, account, 'write');
    }
    const { status } = answer;
    if (status === 401) authorization.refused(header);
    const isDone = expected === undefined ? status >= 200 && status < 300 : status === expected;
    if (!isDone) throw this.toError(request, answer);
    return this.#readAnswer(answer, read, outcomeUnknown);
  }

  /**
   * The same for a create. A call whose id cannot stand in a path is OUTCOME_UNKNOWN: it may have been placed, but
   * nobody could ask for it.
   */
  create(
    request: Omit<Write, 'kind'>,
    operation: Operation,
    read: (answer: HttpResponse) => Call,
  ): Promise<Call> {
    return this.write({ ...request, kind: 'create' }, operation, (answer) => {
      const call = read(answer);
      if (toPathSegment(call.providerCallId) === undefined)
        throw new TypeError('an id that cannot be asked for');
      return call;
    });
  }

  /** What an answer means that is no success, by the provider's table. */
  toError(request: Read | Write, answer: HttpResponse): ProviderError {
    const { account, authorization } = this.#options;
    const advice = authorization.advice(isWrite(request) ? 'write' : 'read');
    return toVerdict(answer, request, this.#options, account, advice);
  }

  /** Lets requests under way end. */
  async close(): Promise<void> {
    await Promise.all([this.#http.close(), this.#options.authorization.close()]);
  }

  /** Apart from the sending: whatever goes wrong here, nothing was sent. */
  async #headerForWrite(operation: Operation): Promise<string> {
    try {
      return await this.#options.authorization.header(operation);
    } catch (failure) {
      throw toUnsentError(failure, this.#options.account);
    }
  }

  #get(path: string, authorization: string, { isDoubtful = false }: Read, operation: Operation) {
    const headers = { authorization, accept: this.#options.accept };
    return this.#http.request({ method: 'GET', path, headers, isDoubtful }, operation);
  }

  #pathOf({ id, below = '', query = '' }: { id?: string; below?: string; query?: string }): string {
    const { account, callsPath, suffix = '' } = this.#options;
    if (id === undefined) return callsPath + suffix + query;
    const segment = toPathSegment(id);
    if (segment === undefined) throw notFound(account);
    return `${callsPath}/${segment}${below}${suffix}${query}`;
  }

  #readAnswer<T>(answer: HttpResponse, read: ReadAnswer<T>, toError: typeof misbehaved): T {
    try {
      return read(answer);
    } catch (error) {
      throw error instanceof ProviderError ? error : toError(this.#options.account, { cause: error });
    }
  }
}

/** For a change that is answered without content: a web page in its place comes from something in between. */
export function expectNothing({ text }: HttpResponse): void {
  if (text.trimStart().startsWith('<')) throw new Error('markup in place of an empty answer');
}

function isWrite(request: Read | Write): request is Write {
  return 'body' in request;
}
