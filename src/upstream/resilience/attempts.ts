import type { HttpAnswer } from '../answer-reader.ts';
import type { Flight } from '../flight.ts';
import type { HttpRequest } from '../http-client.ts';
import { HttpFailure } from '../http-failure.ts';
import { Breaker, type BreakerOptions, toVerdict } from './breaker.ts';
import { Bulkhead } from './bulkhead.ts';
import { Pace } from './pace.ts';
import type { Outcome } from './retry.ts';
import type { Waiter } from './waiter.ts';

/** What is needed of `HttpClient`, which is one. */
export interface Requester {
  request(request: HttpRequest, waiter: Waiter): Promise<HttpAnswer>;
  close(): Promise<void>;
}

/** All for one account. */
export interface AttemptsOptions {
  readonly breaker: Partial<BreakerOptions>;
  /** Requests under way at a time, and how many may wait for one of them to end. */
  readonly maxConcurrent: number;
  readonly maxQueued: number;
  /** Paced requests per second, and how many may wait for their turn; undefined: they are not held back. */
  readonly callsPerSecond: number | undefined;
  readonly maxPaced: number;
}

const now = () => performance.now();

/**
 * Single attempts at the requests of one account, within its limits: each passes the queue of paced
 * requests, the bulkhead and the breaker, in this order, so that a breaker which opened in the meantime
 * stops those who queued as well.
 */
export class Attempts {
  readonly #http: Requester;
  readonly #slow: number;
  readonly #breaker: Breaker;
  readonly #bulkhead: Bulkhead;
  readonly #pace: Pace | undefined;

  /** @param slow milliseconds without an answer after which giving up counts against the provider */
  constructor(http: Requester, slow: number, options: AttemptsOptions) {
    const { breaker, maxConcurrent, maxQueued, callsPerSecond, maxPaced } = options;
    this.#http = http;
    this.#slow = slow;
    this.#breaker = new Breaker(now, breaker);
    this.#bulkhead = new Bulkhead(maxConcurrent, maxQueued);
    this.#pace = callsPerSecond === undefined ? undefined : new Pace(callsPerSecond, maxPaced, now);
  }

  /** Whether the next one would be refused because the provider only fails. */
  get isRefusing(): boolean {
    return this.#breaker.isOpen;
  }

  /** One request, written to a socket at most once; never rejects with an HttpFailure. */
  make(flight: Flight): Promise<Outcome> {
    try {
      const wait = this.#wait(flight);
      return wait === undefined ? this.#send(flight) : wait.then(() => this.#send(flight)).catch(toOutcome);
    } catch (failure) {
      return Promise.reject(failure).catch(toOutcome);
    }
  }

  /** Undefined where there is nothing to wait for; then a place in the bulkhead has been taken. */
  #wait({ request, signal }: Flight): Promise<void> | undefined {
    this.#breaker.check();
    const turn = request.paced === true ? this.#pace?.turn(signal) : undefined;
    return turn === undefined ? this.#bulkhead.enter(signal) : turn.then(() => this.#bulkhead.enter(signal));
  }

  /** Gives the place in the bulkhead back, whatever comes of it. */
  #send(flight: Flight): Promise<Outcome> {
    const era = this.#enterBreaker();
    const began = now();
    const end = (outcome: Outcome | undefined): void => {
      const verdict = outcome && toVerdict(outcome, now() - began, this.#slow, flight.request);
      this.#breaker.leave(era, verdict ?? 'nothing');
      this.#bulkhead.leave();
    };
    return this.#http.request(flight.request, flight).then(
      (answer) => {
        end(answer);
        return answer;
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

/** Anything but an HttpFailure is a mistake of ours and goes on its way. */
function toOutcome(failure: unknown): HttpFailure {
  if (failure instanceof HttpFailure) return failure;
  throw failure;
}
