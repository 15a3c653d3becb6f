import { setImmediate as turn } from 'node:timers/promises';
import type { sleep } from '../../../src/runtime/sleep.ts';

/** A clock that moves when it is told to, and whose time passes for all who sleep by it. */
export class ManualClock {
  readonly #isBusy: () => boolean;
  #time = 0;
  readonly #sleepers = new Set<{ readonly at: number; readonly wake: (isOver: boolean) => void }>();

  /** @param isBusy whether something is under way that takes time of its own */
  constructor(isBusy = () => false) {
    this.#isBusy = isBusy;
  }

  readonly now = (): number => this.#time;

  readonly pause: typeof sleep = (milliseconds, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve(false);
      const onAbort = { handleEvent: () => wake(false) };
      const wake = (isOver: boolean) => {
        this.#sleepers.delete(sleeper);
        signal.removeEventListener('abort', onAbort);
        resolve(isOver);
      };
      const sleeper = { at: this.#time + milliseconds, wake };
      this.#sleepers.add(sleeper);
      signal.addEventListener('abort', onAbort, { once: true });
    });

  /** Lets so many milliseconds pass, and what falls due in them happen in order. */
  async advance(milliseconds: number): Promise<void> {
    const end = this.#time + milliseconds;
    await this.#settled();
    for (;;) {
      const [next] = [...this.#sleepers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      if (next === undefined) break;
      this.#time = next.at;
      next.wake(true);
      await this.#settled();
    }
    this.#time = end;
  }

  /** Everything that needs no time has happened. */
  async #settled(): Promise<void> {
    for (let idle = 0; idle < 3; idle = this.#isBusy() ? 0 : idle + 1) await turn();
  }
}
