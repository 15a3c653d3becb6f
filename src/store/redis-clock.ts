/** What Redis's clock shows, as far as it can be told from what it has shown before. Milliseconds since the epoch. */
export class RedisClock {
  #shown = 0;
  #at = 0;

  /** @param shown by Redis in an answer that has just come: `now` is behind by as long as that was on its way */
  set(shown: number): void {
    this.#shown = shown;
    this.#at = performance.now();
  }

  now(): number {
    return this.#shown + performance.now() - this.#at;
  }
}

/** Of what the command TIME answers: seconds since the epoch, and microseconds. */
export function toMilliseconds([seconds, microseconds]: readonly (number | string)[]): number {
  return 1_000 * Number(seconds) + Math.floor(Number(microseconds) / 1_000);
}
