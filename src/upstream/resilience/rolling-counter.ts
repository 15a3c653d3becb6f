const slices = 10;

/**
 * Counts events in the last `window` milliseconds, to within a tenth of the window, in constant space. All
 * times come from one monotonic clock.
 */
export class RollingCounter {
  readonly #width: number;
  readonly #counts: number[] = new Array(slices).fill(0);
  #newest = 0;
  #total = 0;

  /** @param window milliseconds */
  constructor(window: number) {
    this.#width = window / slices;
  }

  /** @param now milliseconds */
  add(now: number): void {
    this.#advanceTo(now);
    this.#counts[this.#newest % slices] = (this.#counts[this.#newest % slices] ?? 0) + 1;
    this.#total += 1;
  }

  /** @param now milliseconds */
  total(now: number): number {
    this.#advanceTo(now);
    return this.#total;
  }

  /** Clears the slices that have left the window. */
  #advanceTo(now: number): void {
    const slice = Math.floor(now / this.#width);
    const first = Math.max(this.#newest + 1, slice - slices + 1);
    for (let each = first; each <= slice; each += 1) {
      this.#total -= this.#counts[each % slices] ?? 0;
      this.#counts[each % slices] = 0;
    }
    this.#newest = Math.max(this.#newest, slice);
  }
}
