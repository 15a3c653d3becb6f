import { Cancellation } from '../runtime/cancellation.ts';
import type { OperationSpan } from '../runtime/span.ts';
import { HttpFailure } from './http-failure.ts';
import { type Joinable, JoinedWaiter } from './joined-waiter.ts';
import type { Outcome } from './outcome.ts';
import type { ProviderRequest } from './provider-request.ts';
import type { HttpResponse } from './response-reader.ts';
import type { Waiter } from './waiter.ts';

/** Options of an `InFlightRequest`, which several waiters can share. */
export interface InFlightRequestOptions {
  /** The most milliseconds that a request may take for one waiter, from when it joined. */
  readonly timeout: number;
  /** Called before the signal fires, when the last waiter leaves: nobody may join any more. */
  readonly onAbandoned: (request: InFlightRequest) => void;
}

/**
 * One request including its retries, and everyone who waits for it. `HttpClient` sees it as a single
 * waiter, whose signal fires when the last real waiter has left. Requests are counted for the first
 * waiter that is still there, waiting time for each waiter.
 */
export class InFlightRequest implements Waiter, Joinable {
  readonly signal = new Cancellation();
  /** Written by `HttpClient` and not used: each waiter's time, which includes queues and pauses, is counted here. */
  milliseconds = 0;
  resends = 0;
  readonly #options: InFlightRequestOptions;
  readonly #waiters = new Set<JoinedWaiter>();
  #request: ProviderRequest;
  /** The waiter for which requests are counted. */
  #counted: Waiter;
  #retry: { readonly at: number; readonly outcome: Outcome } | undefined;

  constructor(request: ProviderRequest, first: Waiter, options: InFlightRequestOptions) {
    this.#request = request;
    this.#counted = first;
    this.#options = options;
  }

  get request(): ProviderRequest {
    return this.#request;
  }

  /** Makes the retries use a connection of their own. */
  takeOwnConnection(): void {
    this.#request = { ...this.#request, ownConnection: true };
  }

  get span(): OperationSpan | undefined {
    return this.#counted.span;
  }

  get requests(): number {
    return this.#counted.requests;
  }

  set requests(count: number) {
    this.#counted.requests = count;
  }

  /**
   * Passed on for a write, which has one waiter: after it, the waiter can no longer cancel without an unknown
   * outcome. A GET can be canceled at any time.
   */
  onSend(): void {
    if (this.request.method !== 'GET') this.#counted.onSend?.();
  }

  /** Resolves or rejects with the outcome. Rejects at once when the waiter's own signal fires. */
  join(waiter: Waiter): Promise<HttpResponse> {
    return new Promise((resolve, reject) => {
      const joined = new JoinedWaiter(this, waiter, resolve, reject);
      this.#waiters.add(joined);
      const retry = this.#retry;
      if (retry !== undefined && this.#isTooLateFor(joined, retry.at)) this.#settleOne(joined, retry.outcome);
    });
  }

  /**
   * Notes when the next attempt starts, and whether any waiter can wait for it. A waiter that cannot is
   * given `outcome` now, which says more than a deadline that passed. A waiter can if the delay is at most half of
   * the time that it has left, so that the attempt has as much.
   *
   * @param at milliseconds of `performance.now()`
   */
  scheduleRetry(at: number, outcome: Outcome): boolean {
    for (const joined of this.#waiters) {
      if (this.#isTooLateFor(joined, at)) this.#settleOne(joined, outcome);
    }
    this.#retry = { at, outcome };
    return this.#waiters.size > 0;
  }

  /** Gives the final outcome to all waiters, or an error that is a bug of ours. */
  settle(outcome: Outcome | Error): void {
    for (const joined of this.#waiters) joined.settle(outcome);
    this.#waiters.clear();
  }

  /** Aborts the request when its last waiter leaves: only the HTTP client then knows whether it was sent. */
  leave(joined: JoinedWaiter): void {
    const { signal } = joined.waiter;
    if (this.#waiters.size > 1) {
      this.#settleOne(joined, new HttpFailure('aborted', true, signal.reason));
    } else {
      this.#options.onAbandoned(this);
      this.signal.abort(signal.reason);
    }
  }

  /** Settles one of several waiters; requests are then counted for one that is still there. */
  #settleOne(joined: JoinedWaiter, outcome: Outcome): void {
    this.#waiters.delete(joined);
    const [first] = this.#waiters;
    this.#counted = first?.waiter ?? this.#counted;
    joined.settle(outcome);
  }

  #isTooLateFor(joined: JoinedWaiter, at: number): boolean {
    const delay = Math.max(0, at - performance.now());
    return joined.endsAt(this.#options.timeout) <= at + delay;
  }
}
