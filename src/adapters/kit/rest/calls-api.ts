import { AccountHealth } from '../../../calls/account-health.ts';
import { AccountOperation } from '../../../calls/account-operation.ts';
import type { Call } from '../../../calls/call.ts';
import { ProviderError } from '../../../calls/failure.ts';
import type { Operation } from '../../../calls/operation.ts';
import { HttpClient } from '../../../upstream/http-client.ts';
import { ProviderClient } from '../../../upstream/provider-client.ts';
import type { HttpResponse } from '../../../upstream/response-reader.ts';
import {
  type CallsApiOptions,
  type Read,
  type ReadAnswer,
  toPath,
  toTemplate,
  type Write,
} from './calls-request.ts';
import { toPathSegment } from './path-segment.ts';
import { misbehaved, outcomeUnknown } from './provider-errors.ts';
import { toProviderError, toUnsentError } from './to-provider-error.ts';
import { toVerdict } from './verdicts.ts';

/**
 * The calls of one account as a resource of an HTTP API. Each request has one verdict: what the answer is read as, or
 * a ProviderError, which is the only thing that any method rejects with. Whatever is wrong with an answer to a write
 * that does not certainly refuse it is OUTCOME_UNKNOWN.
 */
export class CallsApi {
  /** Knows what the circuit breaker knows: failures to respond, not responses that cannot be read. */
  readonly health = new AccountHealth();
  readonly #options: CallsApiOptions;
  readonly #http: ProviderClient;
  readonly #templates: { readonly list: string; readonly call: string };

  constructor(options: CallsApiOptions) {
    const { baseUrl, limits, defaultCallsPerSecond } = options;
    const { callsPerSecond = defaultCallsPerSecond, takeTurn } = limits;
    this.#options = options;
    this.#templates = { list: toTemplate({}, options), call: toTemplate({ id: '' }, options) };
    this.#http = new ProviderClient(new HttpClient(baseUrl, limits), limits, { callsPerSecond, takeTurn });
  }

  /**
   * One call: null where the table says NOT_FOUND, and where no call can have the id.
   *
   * @param read throws when the answer (200) is not what was requested; here and below
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

  /** A page of the list. Gives the error of an answer (200) that cannot be read, so that the request can be repeated. */
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
  async ask(request: Read, asking: Operation): Promise<HttpResponse> {
    const operation = new AccountOperation(asking, this.#options.account.key);
    const path = toPath(request, this.#options);
    const { authorization } = this.#options;
    try {
      const given = authorization.header(operation);
      const header = typeof given === 'string' ? given : await given;
      let answer = await this.#get(path, header, request, operation);
      if (answer.status === 401 && authorization.refused(header)) {
        answer = await this.#get(path, await authorization.header(operation), request, operation);
      }
      if (answer.status === 200 || answer.status === 404) this.health.succeed();
      return answer;
    } catch (failure) {
      throw this.#toFailure(toProviderError(failure, this.#options.account, 'read'), operation);
    }
  }

  /**
   * POST or PUT, once: no provider can tell a request from its repetition.
   *
   * @param read throws when the answer does not show that it was done
   */
  async write<T>(request: Write, operation: Operation, read: ReadAnswer<T>): Promise<T> {
    try {
      return await this.#write(request, operation, read);
    } catch (error) {
      if (error instanceof ProviderError && error.code === 'OUTCOME_UNKNOWN') {
        this.#options.limits.observer?.lost();
      }
      throw error;
    }
  }

  async #write<T>(request: Write, asking: Operation, read: ReadAnswer<T>): Promise<T> {
    const operation = new AccountOperation(asking, this.#options.account.key);
    const { account, authorization, accept } = this.#options;
    const { kind, method = 'POST', type, body, expected } = request;
    const path = toPath(request, this.#options);
    const header = await this.#headerForWrite(operation);
    const headers = { authorization: header, accept, 'content-type': type };
    let answer: HttpResponse;
    try {
      const template = toTemplate(request, this.#options);
      const write = { method, path, template, headers, body, paced: kind === 'create' };
      answer = await this.#http.request(write, operation);
    } catch (failure) {
      throw this.#toFailure(toProviderError(failure, account, 'write'), operation);
    }
    if (answer.status === 401) authorization.refused(header);
    if (!isDone(answer, expected)) throw this.toError(request, answer);
    this.health.succeed();
    return this.#readAnswer(answer, read, outcomeUnknown);
  }

  /**
   * The same for a create. A call whose id cannot stand in a path is OUTCOME_UNKNOWN: it may have been placed, but
   * nobody could ask for it.
   */
  create(request: Omit<Write, 'kind'>, operation: Operation, read: ReadAnswer<Call>): Promise<Call> {
    return this.write({ ...request, kind: 'create' }, operation, (answer) => {
      const call = read(answer);
      if (toPathSegment(call.providerCallId) !== undefined) return call;
      throw new TypeError('an id that cannot be requested');
    });
  }

  /** What an answer means that is no success, by the provider's table. */
  toError(request: Read | Write, answer: HttpResponse): ProviderError {
    const { account, authorization } = this.#options;
    const advice = authorization.advice(isWrite(request) ? 'write' : 'read');
    const error = toVerdict(answer, request, this.#options, account, advice);
    this.health.fail(error, this.#http.isCircuitOpen);
    return error;
  }

  /** Lets requests under way end. */
  async close(): Promise<void> {
    await Promise.all([this.#http.close(), this.#options.authorization.close()]);
  }

  /** Records a request without a response, unless the client has disconnected. */
  #toFailure(error: ProviderError, { signal, deadline = signal }: Operation): ProviderError {
    const isAbandoned = signal.aborted && !deadline.aborted;
    if (!isAbandoned) this.health.fail(error, this.#http.isCircuitOpen);
    return error;
  }

  /** Apart from the sending: whatever goes wrong here, nothing was sent. */
  async #headerForWrite(operation: Operation): Promise<string> {
    try {
      return await this.#options.authorization.header(operation);
    } catch (failure) {
      throw this.#toFailure(toUnsentError(failure, this.#options.account), operation);
    }
  }

  #get(path: string, authorization: string, read: Read, operation: Operation) {
    const { id, isDoubtful = false } = read;
    const template = id === undefined ? this.#templates.list : this.#templates.call;
    const headers = { authorization, accept: this.#options.accept };
    return this.#http.request({ method: 'GET', path, template, headers, isDoubtful }, operation);
  }

  #readAnswer<T>(answer: HttpResponse, read: ReadAnswer<T>, toError: typeof misbehaved): T {
    try {
      return read(answer);
    } catch (error) {
      throw error instanceof ProviderError ? error : toError(this.#options.account, { cause: error });
    }
  }
}

function isDone({ status }: HttpResponse, expected = status): boolean {
  return status >= 200 && status < 300 && status === expected;
}

function isWrite(request: Read | Write): request is Write {
  return 'body' in request;
}
