import { sleep } from '../runtime/sleep.ts';
import type { HttpLimits } from './http-client.ts';
import { HttpFailure } from './http-failure.ts';
import { InFlightRequest, type InFlightRequestOptions } from './in-flight-request.ts';
import { InFlightRequests } from './in-flight-requests.ts';
import { isNotAttempted, mayBeSent, type Outcome } from './outcome.ts';
import { defaultOptions, type ProviderClientOptions } from './provider-client-options.ts';
import type { ProviderRequest } from './provider-request.ts';
import { LimitedClient, type Requester } from './resilience/limited-client.ts';
import { isBroken, mayRetry, retryDelay } from './resilience/retry.ts';
import { RetryBudget } from './resilience/retry-budget.ts';
import type { HttpResponse } from './response-reader.ts';
import type { Waiter } from './waiter.ts';

/**
 * `HttpClient` for one account, with retries, request sharing and a circuit breaker. A GET is retried
 * where that may help, and identical GETs in flight share one request. A POST or PUT is sent at most
 * once. No request outlives the signals of its waiters.
 */
export class ProviderClient {
  readonly #http: Requester;
  readonly #options: ProviderClientOptions;
  readonly #limited: LimitedClient;
  readonly #budget: RetryBudget;
  readonly #inFlight = new InFlightRequests();
  readonly #inFlightOptions: InFlightRequestOptions;
  #active = 0;
  #onIdle: () => void = () => undefined;

  /**
   * @param http closed by `close`
   * @param limits those of `http`
   */
  constructor(
    http: Requester,
    limits: Pick<HttpLimits, 'readDeadline' | 'headersTimeout' | 'observer'>,
    options: Partial<ProviderClientOptions> = {},
  ) {
    const { readDeadline, headersTimeout, observer } = limits;
    this.#http = http;
    this.#options = { ...defaultOptions, ...options };
    this.#inFlightOptions = {
      timeout: readDeadline,
      onAbandoned: (request) => this.#inFlight.remove(request),
    };
    this.#limited = new LimitedClient(http, headersTimeout / 2, this.#options, observer);
    this.#budget = new RetryBudget(() => performance.now(), this.#options.retryBudget);
    observer?.watch(() => ({ ...this.#limited.state, retriesLeft: this.#budget.left }));
  }

  /**
   * Resolves with a response of any status.
   *
   * @throws HttpFailure when there is no complete response
   */
  request(request: ProviderRequest, waiter: Waiter): Promise<HttpResponse> {
    if (waiter.signal.aborted) {
      return Promise.reject(new HttpFailure('aborted', false, waiter.signal.reason));
    }
    const isRead = request.method === 'GET';
    const shared = isRead ? this.#inFlight.find(request) : undefined;
    if (shared !== undefined) return shared.join(waiter);
    const inFlight = new InFlightRequest(request, waiter, this.#inFlightOptions);
    if (isRead) this.#inFlight.add(inFlight);
    const response = inFlight.join(waiter);
    this.#start(inFlight);
    return response;
  }

  /** Whether the circuit breaker would reject a request now. */
  get isCircuitOpen(): boolean {
    return this.#limited.isCircuitOpen;
  }

  /** Waits for active and queued requests, then closes the connections. */
  async close(): Promise<void> {
    if (this.#active > 0) {
      await new Promise<void>((resolve) => {
        this.#onIdle = resolve;
      });
    }
    await this.#http.close();
  }

  /** Sends the request. The code for retries runs only if the first outcome allows one. */
  #start(inFlight: InFlightRequest): void {
    this.#active += 1;
    const onOutcome = (outcome: Outcome | Error): void => {
      this.#end(inFlight);
      inFlight.settle(outcome);
    };
    this.#limited.send(inFlight).then((outcome) => {
      if (!isNotAttempted(outcome)) this.#budget.countRequest();
      if (mayRetry(inFlight.request.method, outcome))
        this.#retry(inFlight, outcome).then(onOutcome, onOutcome);
      else onOutcome(outcome);
    }, onOutcome);
  }

  #end(inFlight: InFlightRequest): void {
    if (inFlight.request.method === 'GET') this.#inFlight.remove(inFlight);
    else this.#inFlight.clear();
    this.#active -= 1;
    if (this.#active === 0) this.#onIdle();
  }

  async #retry(inFlight: InFlightRequest, first: Outcome): Promise<Outcome> {
    const { method } = inFlight.request;
    const { backoff, longestRetryDelay, random, retries } = this.#options;
    const most = method === 'GET' ? retries : Math.min(1, retries);
    let outcome = first;
    for (let retry = 1; retry <= most && mayRetry(method, outcome); retry += 1) {
      const delay = Math.ceil(retryDelay(retry, outcome, { backoff, random: random(), date: Date.now() }));
      if (delay > longestRetryDelay) break;
      const hasWaiters = inFlight.scheduleRetry(performance.now() + delay, outcome);
      if (!hasWaiters || this.#limited.isCircuitOpen || !this.#budget.takeRetry()) break;
      if (isBroken(outcome)) inFlight.takeOwnConnection();
      const isElapsed = await sleep(delay, inFlight.signal);
      if (!isElapsed) return new HttpFailure('aborted', mayBeSent(outcome), inFlight.signal.reason);
      inFlight.resends = retry;
      const next = await this.#limited.send(inFlight);
      // The earlier outcome tells more than a retry that was not attempted.
      if (isNotAttempted(next)) break;
      outcome = next;
    }
    return outcome;
  }
}
