import { AccountHealth } from '../../../calls/account-health.ts';
import { AccountOperation } from '../../../calls/account-operation.ts';
import type { Call } from '../../../calls/call.ts';
import type { ProviderError } from '../../../calls/failure.ts';
import type { Operation } from '../../../calls/operation.ts';
import { HttpClient } from '../../../upstream/http-client.ts';
import { ProviderClient } from '../../../upstream/provider-client.ts';
import type { HttpResponse } from '../../../upstream/response-reader.ts';
import { type CallsApiOptions, type Read, type ReadAnswer, toTarget, type Write } from './calls-request.ts';
import { toPathSegment } from './path-segment.ts';
import { type RequestStep, toProviderError } from './to-provider-error.ts';
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

  constructor(options: CallsApiOptions) {
    const { baseUrl, limits } = options;
    const { callsPerSecond, takeTurn } = limits;
    this.#options = options;
    this.#http = new ProviderClient(new HttpClient(baseUrl, limits), limits, { callsPerSecond, takeTurn });
  }

  /**
   * One call: null where the table says NOT_FOUND, and where no call can have the id.
   *
   * @param read throws when the answer (200) is not what was requested; here and below
   */
  async find<T>(target: Omit<Read, 'kind'>, operation: Operation, read: ReadAnswer<T>): Promise<T | null> {
    const request = { kind: 'get', ...target } as const;
    try {
      const answer = await this.ask(request, operation);
      if (answer.status !== 200) throw this.toError(request, answer);
      return read(answer);
    } catch (failure) {
      const error = toProviderError(failure, this.#options.account, 'read');
      if (error.code === 'NOT_FOUND') return null;
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
    } catch (failure) {
      return toProviderError(failure, this.#options.account, 'read');
    }
  }

  /** GET, repeated once with a new token when the one at hand is refused. Any status is an answer. */
  async ask(request: Read, asking: Operation): Promise<HttpResponse> {
    const { account, authorization, accept } = this.#options;
    const { isDoubtful = false } = request;
    const operation = new AccountOperation(asking, account.key);
    const target = { method: 'GET', ...toTarget(request, this.#options), isDoubtful } as const;
    const get = (header: string) =>
      this.#http.request({ ...target, headers: { authorization: header, accept } }, operation);
    try {
      const header = await authorization.header(operation);
      let answer = await get(header);
      if (answer.status === 401 && authorization.refused(header)) {
        answer = await get(await authorization.header(operation));
      }
      if (answer.status === 200 || answer.status === 404) this.health.succeed();
      return answer;
    } catch (failure) {
      throw this.#toFailure(failure, 'read', operation);
    }
  }

  /** POST or PUT, once: no provider can tell a request from its repetition. What `read` refuses may have been done. */
  async write<T>(request: Write, operation: Operation, read: ReadAnswer<T>): Promise<T> {
    const { account, limits } = this.#options;
    try {
      return read(await this.#send(request, new AccountOperation(operation, account.key)));
    } catch (failure) {
      const error = toProviderError(failure, account, 'write');
      if (error.code === 'OUTCOME_UNKNOWN') limits.observer?.lost();
      throw error;
    }
  }

  /** The response that says that it was done. */
  async #send(request: Write, operation: Operation): Promise<HttpResponse> {
    const { authorization, accept } = this.#options;
    const { kind, method = 'POST', type, body, expected } = request;
    const target = { method, ...toTarget(request, this.#options), body, paced: kind === 'create' };
    let step: RequestStep = 'unsent';
    let header: string;
    let answer: HttpResponse;
    try {
      header = await authorization.header(operation);
      step = 'write';
      const headers = { authorization: header, accept, 'content-type': type };
      answer = await this.#http.request({ ...target, headers }, operation);
    } catch (failure) {
      throw this.#toFailure(failure, step, operation);
    }
    const { status } = answer;
    if (status === 401) authorization.refused(header);
    if (status < 200 || status > 299 || status !== (expected ?? status)) throw this.toError(request, answer);
    this.health.succeed();
    return answer;
  }

  /** A call whose id fits no path is OUTCOME_UNKNOWN: it may have been placed, but nobody could ask for it. */
  create(request: Omit<Write, 'kind'>, operation: Operation, read: ReadAnswer<Call>): Promise<Call> {
    return this.write({ ...request, kind: 'create' }, operation, (answer) => {
      const call = read(answer);
      if (toPathSegment(call.providerCallId) !== undefined) return call;
      throw new TypeError('an id that cannot be requested');
    });
  }

  /** What an answer means that is no success, by the provider's table. */
  toError(request: Read | Write, answer: HttpResponse): ProviderError {
    const error = toVerdict(answer, request, this.#options);
    this.health.fail(error, this.#http.isCircuitOpen);
    return error;
  }

  /** Lets requests under way end. */
  async close(): Promise<void> {
    await Promise.all([this.#http.close(), this.#options.authorization.close()]);
  }

  /** Records a request without a response, unless the client has disconnected. */
  #toFailure(failure: unknown, step: RequestStep, operation: Operation): ProviderError {
    const error = toProviderError(failure, this.#options.account, step);
    const { signal, deadline = signal } = operation;
    const isAbandoned = signal.aborted && !deadline.aborted;
    if (!isAbandoned) this.health.fail(error, this.#http.isCircuitOpen);
    return error;
  }
}
