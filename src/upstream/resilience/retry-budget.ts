import { RollingCounter } from './rolling-counter.ts';

/** How many retries a `RetryBudget` allows. */
export interface RetryBudgetOptions {
  /** Retries allowed per request, both counted over `window` milliseconds. */
  readonly ratio: number;
  /** Retries allowed in a window however few requests there are. */
  readonly minRetries: number;
  readonly window: number;
}

const defaults: RetryBudgetOptions = { ratio: 0.2, minRetries: 10, window: 10_000 };

/**
 * Limits the retries of one account to a fraction of its requests. Retries help while failures are few.
 * When every request fails, they multiply the load on a provider that is already down, and a limit per request
 * does not prevent that (Site Reliability Engineering, chapter 21, "Handling Overload": per-client retry
 * budget).
 */
export class RetryBudget {
  readonly #options: RetryBudgetOptions;
  readonly #now: () => number;
  readonly #requests: RollingCounter;
  readonly #retries: RollingCounter;

  /** @param now milliseconds of a monotonic clock */
  constructor(now: () => number, options: Partial<RetryBudgetOptions> = {}) {
    this.#options = { ...defaults, ...options };
    this.#now = now;
    this.#requests = new RollingCounter(this.#options.window);
    this.#retries = new RollingCounter(this.#options.window);
  }

  /** Counts the first attempt at a request. */
  countRequest(): void {
    this.#requests.add(this.#now());
  }

  /** How many retries are allowed now. */
  get left(): number {
    const now = this.#now();
    const { ratio, minRetries } = this.#options;
    const allowed = Math.max(minRetries, ratio * this.#requests.total(now));
    return Math.floor(allowed - this.#retries.total(now));
  }

  /** Whether a retry is allowed; if so, counts it. */
  takeRetry(): boolean {
    if (this.left < 1) return false;
    this.#retries.add(this.#now());
    return true;
  }
}
