import type { Listener } from '../runtime/cancellation.ts';
import type { HttpResponse } from './response-reader.ts';
import type { Waiter } from './waiter.ts';

/** What a waiter joins: an `InFlightRequest`. */
export interface Joinable {
  /** Called when the waiter's own signal fires. */
  leave(waiter: JoinedWaiter): void;
}

/** One waiter of an `InFlightRequest`, with the promise that it was given. */
export class JoinedWaiter implements Listener {
  readonly waiter: Waiter;
  readonly #joinedAt = performance.now();
  readonly #request: Joinable;
  readonly #resolve: (response: HttpResponse) => void;
  readonly #reject: (reason: unknown) => void;

  /** @param resolve settles the waiter's promise, as does `reject` */
  constructor(
    request: Joinable,
    waiter: Waiter,
    resolve: (response: HttpResponse) => void,
    reject: (reason: unknown) => void,
  ) {
    this.#request = request;
    this.waiter = waiter;
    this.#resolve = resolve;
    this.#reject = reject;
    waiter.signal.addEventListener('abort', this, { once: true });
  }

  handleEvent(): void {
    this.#request.leave(this);
  }

  /** @param timeout milliseconds from joining that the waiter waits at most */
  endsAt(timeout: number): number {
    return Math.min(this.waiter.endsAt ?? Number.POSITIVE_INFINITY, this.#joinedAt + timeout);
  }

  /** Resolves with a response, or rejects with an error. */
  settle(outcome: HttpResponse | Error): void {
    this.waiter.signal.removeEventListener('abort', this);
    this.waiter.milliseconds += performance.now() - this.#joinedAt;
    if (outcome instanceof Error) this.#reject(outcome);
    else this.#resolve(outcome);
  }
}
