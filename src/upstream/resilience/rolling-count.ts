const slices = 10;

/** How often something happened in the last `span` milliseconds, to a tenth of it, in constant space. */
export class RollingCount {
  readonly #width: number;
  readonly #counts: number[] = new Array(slices).fill(0);
  #newest = 0;
  #total = 0;

  constructor(span: number) {
    this.#width = span / slices;
  }

  /** @param now milliseconds by a clock that never goes back; here and below */
  add(now: number): void {
    this.#turnTo(now);
    this.#counts[this.#newest % slices] = (this.#counts[this.#newest % slices] ?? 0) + 1;
    this.#total += 1;
  }

  total(now: number): number {
    this.#turnTo(now);
    return this.#total;
  }

  /** Empties the slices between the newest one and that of now. */
  #turnTo(now: number): void {
    const slice = Math.floor(now / this.#width);
    const first = Math.max(this.#newest + 1, slice - slices + 1);
    for (let each = first; each <= slice; each += 1) {
      this.#total -= this.#counts[each % slices] ?? 0;
      this.#counts[each % slices] = 0;
    }
    this.#newest = Math.max(this.#newest, slice);
  }
}
