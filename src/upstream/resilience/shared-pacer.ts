import type { Abortable } from '../../runtime/cancellation.ts';
import { failures } from './pacer.ts';
import { WaitQueue } from './wait-queue.ts';

/**
 * Milliseconds in which as many requests leave as may arrive in a second: requests of different processes may get out of
 * step on their way by the rest. Without it, one that is late and five that are not would arrive within a second where
 * five may.
 */
const second = 1_100;

/** Processes that are assumed until it is known how many there are. */
const assumedProcesses = 4;

/** Takes the next turn of all processes; rejects where they cannot be asked. */
export type TakeTurn = (interval: number) => Promise<{ readonly delay: number; readonly processes: number }>;

/**
 * A `Pacer` over all processes. Waiting stays here, in the order of arrival: only the first waiter has a turn. While
 * the others cannot be asked, each process keeps to its share of the pace by the number of processes last known, so
 * that calls can still be placed and the limit still holds, unless there are more processes than requests in a second.
 */
export class SharedPacer {
  readonly #perSecond: number;
  readonly #now: () => number;
  readonly #takeTurn: TakeTurn;
  readonly #queue: WaitQueue;
  #processes = assumedProcesses;
  /** When the next turn is if the others cannot be asked. */
  #next = Number.NEGATIVE_INFINITY;
  #isAway = false;
  #isServing = false;

  /** @param now milliseconds of a monotonic clock */
  constructor(perSecond: number, maxQueued: number, now: () => number, takeTurn: TakeTurn) {
    this.#perSecond = perSecond;
    this.#now = now;
    this.#takeTurn = takeTurn;
    this.#queue = new WaitQueue('the queue of paced requests', failures, maxQueued);
  }

  /** How many requests wait for their turn. */
  get waiting(): number {
    return this.#queue.length;
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
      await this.#turn();
      this.#queue.resolveFirst();
    }
    this.#isServing = false;
  }

  /** Waits for a turn. */
  async #turn(): Promise<void> {
    const askedAt = this.#now();
    const interval = second / this.#perSecond;
    try {
      let turn = await this.#takeTurn(interval);
      if (this.#isAway) {
        // Up to now, others may have had turns by their shares.
        await sleep(second);
        turn = await this.#takeTurn(interval);
        this.#isAway = false;
      }
      this.#processes = turn.processes;
      await sleep(turn.delay);
    } catch {
      // Up to now, others may have had all turns of the last second.
      if (!this.#isAway) this.#next = Math.max(this.#next, askedAt + second);
      this.#isAway = true;
      await sleep(Math.ceil(this.#next - this.#now()));
    }
    // Whole turns a second: with parts of one, more than the limit would fall into some seconds.
    const share = Math.floor(this.#perSecond / this.#processes);
    this.#next = this.#now() + (share > 0 ? second / share : interval * this.#processes);
  }
}

async function sleep(milliseconds: number): Promise<void> {
  if (milliseconds > 0) await new Promise((resolve) => setTimeout(resolve, milliseconds));
}
