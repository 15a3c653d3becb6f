import { RollingCount } from './rolling-count.ts';

export interface RetryBudgetOptions {
  /** Repetitions allowed per request, both counted over `span` milliseconds. */
  readonly share: number;
  /** Repetitions allowed in `span` however few requests there are: one per second, as things are set. */
  readonly floor: number;
  readonly span: number;
}

const usual: RetryBudgetOptions = { share: 0.2, floor: 10, span: 10_000 };

/**
 * Keeps repetitions a small part of what a provider is asked. Repeating helps while failures are few;
 * when everything fails, it would multiply the load on a provider that is down already. A limit per
 * request does not prevent that, one on the whole does (Site Reliability Engineering, chapter 21,
 * "Handling Overload": per-client retry budget).
 */
export class RetryBudget {
  readonly #options: RetryBudgetOptions;
  readonly #now: () => number;
  readonly #requests: RollingCount;
  readonly #repetitions: RollingCount;

  /** @param now milliseconds by a clock that never goes back */
  constructor(now: () => number, options: Partial<RetryBudgetOptions> = {}) {
    this.#options = { ...usual, ...options };
    this.#now = now;
    this.#requests = new RollingCount(this.#options.span);
    this.#repetitions = new RollingCount(this.#options.span);
  }

  /** Notes a request made for the first time. */
  count(): void {
    this.#requests.add(this.#now());
  }

  /** Whether one repetition may be made; if so, it is noted. */
  take(): boolean {
    const now = this.#now();
    const { share, floor } = this.#options;
    const allowed = Math.max(floor, share * this.#requests.total(now));
    if (this.#repetitions.total(now) + 1 > allowed) return false;
    this.#repetitions.add(now);
    return true;
  }
}
