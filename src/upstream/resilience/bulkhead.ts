import type { Abortable } from '../../runtime/cancellation.ts';
import { WaitingLine } from './waiting-line.ts';

/**
 * Bounds how many requests of one account are under way, so that a provider that hangs ties up its own
 * share of this process and no more.
 */
export class Bulkhead {
  readonly #line: WaitingLine;
  #free: number;

  constructor(maxConcurrent: number, maxQueued: number) {
    this.#free = maxConcurrent;
    this.#line = new WaitingLine('the bulkhead', { full: 'shut', late: 'aborted' }, maxQueued);
  }

  /**
   * Takes a place, which `leave` gives back. Nothing to wait for when there is a free one: undefined.
   *
   * @throws HttpFailure as `WaitingLine.wait` does; then no place was taken
   */
  enter(signal: Abortable): Promise<void> | undefined {
    if (this.#free === 0) return this.#line.wait(signal);
    this.#free -= 1;
    return undefined;
  }

  /** The place goes straight to the first who waits, so that nobody can slip in between. */
  leave(): void {
    if (!this.#line.next()) this.#free += 1;
  }
}
