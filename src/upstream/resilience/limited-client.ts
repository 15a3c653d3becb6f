import type { AccountObserver, ClientState, WaitReason } from '../../runtime/request-observer.ts';
import type { HttpRequest } from '../http-client.ts';
import { HttpFailure } from '../http-failure.ts';
import type { InFlightRequest } from '../in-flight-request.ts';
import type { Outcome } from '../outcome.ts';
import type { HttpResponse } from '../response-reader.ts';
import type { Waiter } from '../waiter.ts';
import { Bulkhead } from './bulkhead.ts';
import { CircuitBreaker, type CircuitBreakerOptions } from './circuit-breaker.ts';
import { Pacer } from './pacer.ts';
import { SharedPacer, type TakeTurn } from './shared-pacer.ts';
import { toVerdict } from './verdict.ts';

/** The part of `HttpClient` that is used here. */
export interface Requester {
  request(request: HttpRequest, waiter: Waiter): Promise<HttpResponse>;
  close(): Promise<void>;
}

/** Limits of one account. */
export interface LimitedClientOptions {
  readonly breaker: Partial<CircuitBreakerOptions>;
  readonly maxConcurrent: number;
  /** How many requests may wait for one of the concurrent ones to end. */
  readonly maxQueued: number;
  /** Paced requests per second; undefined: no limit. */
  readonly callsPerSecond: number | undefined;
  /** Shares the pace with other processes; undefined: there are none. */
  readonly takeTurn: TakeTurn | undefined;
  /** How many paced requests may wait for their turn. */
  readonly maxPaced: number;
}

const now = () => performance.now();

/**
 * Sends each request once, within the limits of one account. A request passes the pacer, the bulkhead and the
 * circuit breaker, in this order, so that a breaker that opens meanwhile also rejects what was queued.
 */
export class LimitedClient {
  readonly #http: Requester;
  readonly #slow: number;
  readonly #breaker: CircuitBreaker;
  readonly #bulkhead: Bulkhead;
  readonly #pacer: Pacer | SharedPacer | undefined;
  readonly #observer: AccountObserver | undefined;

  /**
   * @param slow milliseconds without a response after which an abort counts against the provider
   * @param observer is told how long requests have waited
   */
  constructor(http: Requester, slow: number, options: LimitedClientOptions, observer?: AccountObserver) {
    const { breaker, maxConcurrent, maxQueued } = options;
    this.#http = http;
    this.#slow = slow;
    this.#breaker = new CircuitBreaker(now, breaker);
    this.#bulkhead = new Bulkhead(maxConcurrent, maxQueued);
    this.#pacer = createPacer(options);
    this.#observer = observer;
  }

  /** Whether the circuit breaker would reject a request now. */
  get isCircuitOpen(): boolean {
    return this.#breaker.isOpen;
  }

  get state(): Pick<ClientState, 'breaker' | 'waiting'> {
    const waiting = { turn: this.#pacer?.waiting ?? 0, connection: this.#bulkhead.waiting };
    return { breaker: this.#breaker.state, waiting };
  }

  /** Writes the request to a socket at most once. Resolves with an HttpFailure; rejects only for a bug of ours. */
  send(inFlight: InFlightRequest): Promise<Outcome> {
    try {
      const wait = this.#wait(inFlight);
      return wait === undefined
        ? this.#sendNow(inFlight)
        : wait.then(() => this.#sendNow(inFlight)).catch(toOutcome);
    } catch (failure) {
      return Promise.reject(failure).catch(toOutcome);
    }
  }

  /** Waits for a turn and a slot in the bulkhead; undefined when both are free. */
  #wait({ request, signal }: InFlightRequest): Promise<void> | undefined {
    this.#breaker.check();
    const turn = request.paced === true ? this.#time('turn', this.#pacer?.wait(signal)) : undefined;
    const enter = () => this.#time('connection', this.#bulkhead.enter(signal));
    return turn === undefined ? enter() : turn.then(enter);
  }

  #time(reason: WaitReason, wait: Promise<void> | undefined): Promise<void> | undefined {
    const observer = this.#observer;
    if (wait === undefined || observer === undefined) return wait;
    const began = now();
    return wait.finally(() => observer.waited(reason, now() - began));
  }

  /** Sends the request and gives the slot in the bulkhead back, whatever the outcome. */
  #sendNow(inFlight: InFlightRequest): Promise<Outcome> {
    const generation = this.#enterBreaker();
    const startedAt = now();
    const end = (outcome: Outcome | undefined): void => {
      const verdict = outcome && toVerdict(outcome, now() - startedAt, this.#slow, inFlight.request);
      this.#breaker.leave(generation, verdict ?? 'neutral');
      this.#bulkhead.leave();
    };
    return this.#http.request(inFlight.request, inFlight).then(
      (response) => {
        end(response);
        return response;
      },
      (failure: unknown) => {
        end(failure instanceof HttpFailure ? failure : undefined);
        return toOutcome(failure);
      },
    );
  }

  #enterBreaker(): number {
    try {
      return this.#breaker.enter();
    } catch (failure) {
      this.#bulkhead.leave();
      throw failure;
    }
  }
}

function createPacer({ callsPerSecond, maxPaced, takeTurn }: LimitedClientOptions) {
  if (callsPerSecond === undefined) return undefined;
  if (takeTurn === undefined) return new Pacer(callsPerSecond, maxPaced, now);
  return new SharedPacer(callsPerSecond, maxPaced, now, takeTurn);
}

/** An error that is not an HttpFailure is a bug of ours, and is thrown on. */
function toOutcome(failure: unknown): HttpFailure {
  if (failure instanceof HttpFailure) return failure;
  throw failure;
}
