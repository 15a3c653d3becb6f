import type { sleep } from '../../runtime/sleep.ts';

/** Milliseconds between two polls: while calls are live, and at most while nothing moves. */
export const pollIntervals = { live: 2_000, idle: 15_000 } as const;
/** The share of an interval that is cut off at random while an account fails, so that processes do not ask together. */
const jitter = 0.25;

/** When an account is polled next: soon while calls move, less and less often while nothing moves or the account fails. */
export class PollPace {
  readonly #pause: typeof sleep;
  readonly #random: () => number;
  #interval: number = pollIntervals.live;
  #isFailing = false;
  #sleeping: AbortController | undefined;

  constructor({ pause, random }: { readonly pause: typeof sleep; readonly random: () => number }) {
    this.#pause = pause;
    this.#random = random;
  }

  /** Milliseconds from this poll to the next one, at most. */
  get longest(): number {
    return Math.min(2 * this.#interval, pollIntervals.idle);
  }

  /** @param most milliseconds to the next poll, at most */
  set(state: 'moving' | 'still' | 'failing', most: number = pollIntervals.idle): void {
    this.#isFailing = state === 'failing';
    const isFast = state === 'moving';
    this.#interval = isFast ? pollIntervals.live : Math.max(pollIntervals.live, Math.min(this.longest, most));
  }

  /** Waits until the next poll. False once the signal fires. */
  async wait(signal: AbortSignal): Promise<boolean> {
    const sleeping = new AbortController();
    this.#sleeping = sleeping;
    const end = () => sleeping.abort();
    signal.addEventListener('abort', end, { once: true });
    if (signal.aborted) end();
    // Each poll is at least the shorter interval after the one before, however soon something moves.
    await this.#pause(pollIntervals.live, signal);
    const early = this.#isFailing ? this.#random() * jitter * this.#interval : 0;
    const more = this.#interval - pollIntervals.live - early;
    if (more > 0) await this.#pause(more, sleeping.signal);
    signal.removeEventListener('abort', end);
    return !signal.aborted;
  }

  /** Makes the next poll follow after the shorter interval, unless the account fails. */
  hurry(): void {
    if (!this.#isFailing) this.#sleeping?.abort();
  }
}
