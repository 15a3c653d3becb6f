import type { LimitedClientOptions } from './resilience/limited-client.ts';
import type { Backoff } from './resilience/retry.ts';
import type { RetryBudgetOptions } from './resilience/retry-budget.ts';

/** Retries and limits of a `ProviderClient`, the HTTP client of one account. */
export interface ProviderClientOptions extends LimitedClientOptions {
  /** The most retries of a GET. A write that was not sent is retried at most once. */
  readonly retries: number;
  readonly backoff: Backoff;
  /**
   * The longest delay before a retry, in milliseconds. When the `Retry-After` of a response is longer, the
   * response is the outcome: a list waits for its slowest account, and its client gets the `retryAfter`.
   */
  readonly longestRetryDelay: number;
  readonly retryBudget: Partial<RetryBudgetOptions>;
  /** A number from 0 up to, but not including, 1. */
  readonly random: () => number;
}

/** The options of every account, unless its adapter sets others. */
export const defaultOptions: ProviderClientOptions = {
  retries: 2,
  backoff: { base: 200, longest: 2_000 },
  longestRetryDelay: 2_000,
  retryBudget: {},
  breaker: {},
  // Equals the connections of HttpClient, so that no request waits in undici, where waiting looks like a slow response.
  maxConcurrent: 64,
  maxQueued: 256,
  callsPerSecond: undefined,
  takeTurn: undefined,
  maxPaced: 100,
  random: Math.random,
};
