import type { Abortable } from '../../runtime/cancellation.ts';
import { failures } from './pacer.ts';
import { WaitQueue } from './wait-queue.ts';

/**
 * Milliseconds by which requests of different processes may get out of step on their way. Without it, one that is late
 * and five that are not would arrive within a second where five may.
 */
const outOfStep = 100;

/** Processes that are assumed until it is known how many there are. */
const assumedProcesses = 4;

/** Takes the next turn of all processes; rejects where they cannot be asked. */
export type TakeTurn = (interval: number) => Promise<{ readonly delay: number; readonly processes: number }>;

/**
 * A `Pacer` over all processes. Waiting stays here, in the order of arrival: only the first waiter has a turn. While
 * the others cannot be asked, each process keeps to its share of the pace by the number of processes last known, so
 * that calls can still be placed and the limit still holds.
 */
export class SharedPacer {
  readonly #interval: number;
  readonly #now: () => number;
  readonly #takeTurn: TakeTurn;
  readonly #queue: WaitQueue;
  #processes = assumedProcesses;
  /** When the next turn is if the others cannot be asked. */
  #next = Number.NEGATIVE_INFINITY;
  #isServing = false;

  /** @param now milliseconds of a monotonic clock */
  constructor(perSecond: number, maxQueued: number, now: () => number, takeTurn: TakeTurn) {
    this.#interval = (1000 + outOfStep) / perSecond;
    this.#now = now;
    this.#takeTurn = takeTurn;
    this.#queue = new WaitQueue('the queue of paced requests', failures, maxQueued);
  }

  /**
   * Waits for the next free turn.
   *
   * @throws HttpFailure as `Pacer.wait` does
   */
  wait(signal: Abortable): Promise<void> {
    const turn = this.#queue.wait(signal);
    if (!this.#isServing) void this.#serve();
    return turn;
  }

  async #serve(): Promise<void> {
    this.#isServing = true;
    while (this.#queue.length > 0) {
      const delay = await this.#delay();
      if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
      this.#queue.resolveFirst();
    }
    this.#isServing = false;
  }

  /** Takes a turn. */
  async #delay(): Promise<number> {
    let delay: number;
    try {
      const turn = await this.#takeTurn(this.#interval);
      delay = turn.delay;
      this.#processes = turn.processes;
    } catch {
      delay = Math.max(0, Math.ceil(this.#next - this.#now()));
    }
    this.#next = this.#now() + delay + this.#interval * this.#processes;
    return delay;
  }
}
