/** Milliseconds: expiry times are rounded up to a multiple of this. */
const slotLength = 60_000;

/**
 * Keys indexed by the minute in which they expire, so that expired ones are found without a scan of all. Times
 * are in milliseconds since the epoch.
 */
export class ExpiryIndex {
  /** By the number of the minute. */
  readonly #keys = new Map<number, Set<string>>();
  #next = Number.POSITIVE_INFINITY;

  /** When `takeExpired` has something to return; infinity when the index is empty. */
  get next(): number {
    return this.#next;
  }

  add(key: string, expires: number): void {
    const slot = slotOf(expires);
    const keys = this.#keys.get(slot) ?? new Set();
    this.#keys.set(slot, keys.add(key));
    this.#next = Math.min(this.#next, slot * slotLength);
  }

  /** @param expires as passed to `add` */
  delete(key: string, expires: number): void {
    const slot = slotOf(expires);
    const keys = this.#keys.get(slot);
    if (keys?.delete(key) && keys.size === 0) {
      this.#keys.delete(slot);
      if (slot * slotLength === this.#next) this.#updateNext();
    }
  }

  /** Removes and returns all keys whose minute is over. */
  takeExpired(now: number): string[] {
    if (now < this.#next) return [];
    const expired = [...this.#keys].filter(([slot]) => slot * slotLength <= now);
    for (const [slot] of expired) this.#keys.delete(slot);
    this.#updateNext();
    return expired.flatMap(([, keys]) => [...keys]);
  }

  #updateNext(): void {
    let first = Number.POSITIVE_INFINITY;
    for (const slot of this.#keys.keys()) first = Math.min(first, slot);
    this.#next = first * slotLength;
  }
}

/** The number of the first minute that begins at or after `expires`. */
function slotOf(expires: number): number {
  return Math.ceil(expires / slotLength);
}
