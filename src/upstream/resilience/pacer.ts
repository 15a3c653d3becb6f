import type { Abortable } from '../../runtime/cancellation.ts';
import { WaitQueue } from './wait-queue.ts';

/** Milliseconds that a timer may be late by. */
const timerResolution = 2;

/** A waiter whose signal fires has waited for the rate limit alone. A client that has left does not see the failure. */
export const failures = { full: 'rate-limited', aborted: 'rate-limited' } as const;

/**
 * Spaces requests evenly, at most `perSecond` of them, in the order of arrival. No bursts: requests that
 * leave in one second may arrive in the next, and would then exceed the provider's limit. A timer runs only
 * while there are waiters.
 */
export class Pacer {
  readonly #interval: number;
  /** Milliseconds of missed turns that may be made up for; above 0 only where turns are closer than a timer can be. */
  readonly #slack: number;
  readonly #now: () => number;
  readonly #queue: WaitQueue;
  readonly #onTimer = (): void => this.#admitDue();
  /** When the next turn is. */
  #next = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;

  /** @param now milliseconds of a monotonic clock */
  constructor(perSecond: number, maxQueued: number, now: () => number) {
    this.#interval = 1000 / perSecond;
    this.#slack = Math.max(0, timerResolution - this.#interval);
    this.#now = now;
    this.#queue = new WaitQueue('the queue of paced requests', failures, maxQueued, () => this.#stopTimer());
  }

  /** How many requests wait for their turn. */
  get waiting(): number {
    return this.#queue.length;
  }

  /**
   * Waits for the next free turn; undefined when it is now.
   *
   * @throws HttpFailure rate-limited when the queue is full or the signal fires first, aborted when the signal
   *   has fired before; then no turn was taken
   */
  wait(signal: Abortable): Promise<void> | undefined {
    if (this.#queue.length === 0 && this.#takeTurn()) return undefined;
    const turn = this.#queue.wait(signal);
    this.#startTimer();
    return turn;
  }

  /** Whether a turn is due; if so, takes it. */
  #takeTurn(): boolean {
    const now = this.#now();
    if (now < this.#next) return false;
    this.#next = Math.max(this.#next, now - this.#slack) + this.#interval;
    return true;
  }

  /** A timer may fire a little early, so the time is checked again. */
  #admitDue(): void {
    this.#timer = undefined;
    while (this.#queue.length > 0 && this.#takeTurn()) this.#queue.resolveFirst();
    this.#startTimer();
  }

  #startTimer(): void {
    if (this.#timer !== undefined || this.#queue.length === 0) return;
    this.#timer = setTimeout(this.#onTimer, Math.ceil(this.#next - this.#now()));
  }

  #stopTimer(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
