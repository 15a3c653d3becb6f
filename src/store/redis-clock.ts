/**
 * The clock of the Redis server, extrapolated from the time in its latest answer. Milliseconds since the
 * epoch. Behind the server's by at most the time that this answer took to arrive.
 */
export class RedisClock {
  #serverTime = 0;
  #receivedAt = 0;

  /** @param serverTime from an answer that has just arrived */
  set(serverTime: number): void {
    this.#serverTime = serverTime;
    this.#receivedAt = performance.now();
  }

  now(): number {
    return this.#serverTime + performance.now() - this.#receivedAt;
  }
}

/** Milliseconds from the answer of the command TIME: seconds since the epoch, and microseconds. */
export function toMilliseconds([seconds, microseconds]: readonly (number | string)[]): number {
  return 1_000 * Number(seconds) + Math.floor(Number(microseconds) / 1_000);
}
