import { HttpFailure } from '../http-failure.ts';
import { RollingCounter } from './rolling-counter.ts';
import type { Verdict } from './verdict.ts';

/** When a `CircuitBreaker` opens, and for how long. */
export interface CircuitBreakerOptions {
  /** Consecutive failures from which the breaker may open. */
  readonly failures: number;
  /** The least share of failures among the attempts of the last `window` milliseconds for it to open. */
  readonly failureRate: number;
  readonly window: number;
  /** Milliseconds that it stays open before one request probes the provider. */
  readonly coolDown: number;
}

const defaults: CircuitBreakerOptions = {
  failures: 5,
  failureRate: 0.5,
  window: 10_000,
  coolDown: 5_000,
};

/**
 * A circuit breaker: stops sending requests to a provider that only fails. It opens after several consecutive
 * failures that are also a large share of the latest attempts, so that a short series among hundreds of
 * successes does not open it. While open, it rejects every request but one probe after each
 * cool-down. Attempts that started before a change of state are not counted after it.
 *
 * It is not shared with other processes: each finds out by a few requests of its own, and what it finds may be true
 * for it alone, such as a broken route or resolver. Shared, one process without a network would stop all the others.
 */
export class CircuitBreaker {
  readonly #options: CircuitBreakerOptions;
  readonly #now: () => number;
  #attempts: RollingCounter;
  #failures: RollingCounter;
  #consecutive = 0;
  /** When the next probe may start; undefined while closed. */
  #probeAt: number | undefined;
  #isProbing = false;
  /** Incremented with each change of state. */
  #generation = 0;

  /** @param now milliseconds of a monotonic clock */
  constructor(now: () => number, options: Partial<CircuitBreakerOptions> = {}) {
    this.#options = { ...defaults, ...options };
    this.#now = now;
    this.#attempts = new RollingCounter(this.#options.window);
    this.#failures = new RollingCounter(this.#options.window);
  }

  /** `half-open` while a probe may be sent, or is under way. */
  get state(): 'closed' | 'half-open' | 'open' {
    if (this.#probeAt === undefined) return 'closed';
    return this.#now() < this.#probeAt ? 'open' : 'half-open';
  }

  get isOpen(): boolean {
    if (this.#probeAt === undefined) return false;
    return this.#isProbing || this.#now() < this.#probeAt;
  }

  /** @throws HttpFailure circuit-open, with `retryAfter`, while it is open */
  check(): void {
    if (!this.isOpen) return;
    throw new HttpFailure('circuit-open', false, 'the circuit breaker is open', this.#retryAfter());
  }

  /** Whole seconds until the next probe may start, at least 1. */
  #retryAfter(): number {
    return Math.max(1, Math.ceil(((this.#probeAt ?? 0) - this.#now()) / 1000));
  }

  /**
   * Begins an attempt, which ends with `leave`.
   *
   * @returns the generation to pass to `leave`
   * @throws HttpFailure as `check` does
   */
  enter(): number {
    this.check();
    this.#isProbing = this.#probeAt !== undefined;
    return this.#generation;
  }

  /** Ends an attempt. */
  leave(generation: number, verdict: Verdict): void {
    if (generation !== this.#generation) return;
    if (this.#probeAt !== undefined) this.#endProbe(verdict);
    else if (verdict !== 'neutral') this.#count(verdict);
  }

  /** After a neutral verdict, the next request is a probe as well. */
  #endProbe(verdict: Verdict): void {
    this.#isProbing = false;
    if (verdict === 'success') this.#reset(undefined);
    if (verdict === 'failure') this.#reset(this.#now() + this.#options.coolDown);
  }

  #count(verdict: Verdict): void {
    const now = this.#now();
    this.#attempts.add(now);
    if (verdict === 'success') {
      this.#consecutive = 0;
      return;
    }
    this.#consecutive += 1;
    this.#failures.add(now);
    const { failures, failureRate, coolDown } = this.#options;
    const isFailing = this.#failures.total(now) >= failureRate * this.#attempts.total(now);
    if (this.#consecutive >= failures && isFailing) this.#reset(now + coolDown);
  }

  /** Opens until `probeAt`, or closes. */
  #reset(probeAt: number | undefined): void {
    this.#generation += 1;
    this.#consecutive = 0;
    this.#probeAt = probeAt;
    this.#attempts = new RollingCounter(this.#options.window);
    this.#failures = new RollingCounter(this.#options.window);
  }
}
