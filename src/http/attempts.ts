import type { HttpAnswer } from './answer-reader.ts';
import { Breaker, type BreakerOptions, toVerdict } from './breaker.ts';
import { Bulkhead } from './bulkhead.ts';
import type { Flight } from './flight.ts';
import type { HttpRequest, Waiter } from './http-client.ts';
import { HttpFailure } from './http-failure.ts';
import { Pace } from './pace.ts';
import type { Outcome } from './retry.ts';

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
  async make(flight: Flight): Promise<Outcome> {
    const { request, signal } = flight;
    try {
      this.#breaker.check();
      const turn = request.paced === true ? this.#pace?.turn(signal) : undefined;
      if (turn !== undefined) await turn;
      const place = this.#bulkhead.enter(signal);
      if (place !== undefined) await place;
      try {
        return await this.#send(flight);
      } finally {
        this.#bulkhead.leave();
      }
    } catch (failure) {
      return toOutcome(failure);
    }
  }

  async #send(flight: Flight): Promise<Outcome> {
    const era = this.#breaker.enter();
    const began = now();
    let outcome: Outcome | undefined;
    try {
      outcome = await this.#http.request(flight.request, flight);
    } catch (failure) {
      outcome = toOutcome(failure);
    } finally {
      const verdict = outcome && toVerdict(outcome, now() - began, this.#slow);
      this.#breaker.leave(era, verdict ?? 'nothing');
    }
    return outcome;
  }
}

/** Anything but an HttpFailure is a mistake of ours and goes on its way. */
function toOutcome(failure: unknown): HttpFailure {
  if (failure instanceof HttpFailure) return failure;
  throw failure;
}
