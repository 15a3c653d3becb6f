import type { Abortable } from '../../runtime/cancellation.ts';
import { WaitQueue } from './wait-queue.ts';

/**
 * Limits the concurrent requests of one account, so that a provider that hangs uses only its own share of this
 * process.
 */
export class Bulkhead {
  readonly #queue: WaitQueue;
  #free: number;

  constructor(maxConcurrent: number, maxQueued: number) {
    this.#free = maxConcurrent;
    this.#queue = new WaitQueue('the bulkhead', { full: 'queue-full', aborted: 'aborted' }, maxQueued);
  }

  /** How many requests wait for a slot. */
  get waiting(): number {
    return this.#queue.length;
  }

  /**
   * Takes a slot, which `leave` gives back. Undefined when one was free at once.
   *
   * @throws HttpFailure queue-full, or aborted when the signal fires first; then no slot was taken
   */
  enter(signal: Abortable): Promise<void> | undefined {
    if (this.#free === 0) return this.#queue.wait(signal);
    this.#free -= 1;
    return undefined;
  }

  /** Passes the slot to the first waiter, so that no later request can take it in between. */
  leave(): void {
    if (!this.#queue.resolveFirst()) this.#free += 1;
  }
}
