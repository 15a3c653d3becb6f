/** What Redis's clock shows, as far as it can be told from what it has shown before. Milliseconds since the epoch. */
export class RedisClock {
  #shown = 0;
  #askedAt = 0;

  /**
   * @param shown by Redis
   * @param askedAt when it was asked, by `performance.now()`: what `now` gives is ahead by the way there at most
   */
  set(shown: number, askedAt: number): void {
    this.#shown = shown;
    this.#askedAt = askedAt;
  }

  now(): number {
    return this.#shown + performance.now() - this.#askedAt;
  }
}

/** Of what the command TIME answers: seconds since the epoch, and microseconds. */
export function toMilliseconds([seconds, microseconds]: readonly (number | string)[]): number {
  return 1_000 * Number(seconds) + Math.floor(Number(microseconds) / 1_000);
}
