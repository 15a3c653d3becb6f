/** Milliseconds: how much later than due a key may be told. */
const step = 60_000;

/**
 * Which keys expire when, by the minute, so that what has expired is found without a look at the rest. Times
 * are in milliseconds since the epoch.
 */
export class Expiries {
  readonly #keys = new Map<number, Set<string>>();
  #next = Number.POSITIVE_INFINITY;

  /** When `takeDue` has something to give: never, if it is empty. */
  get next(): number {
    return this.#next;
  }

  add(key: string, expires: number): void {
    const slot = slotOf(expires);
    const keys = this.#keys.get(slot) ?? new Set();
    this.#keys.set(slot, keys.add(key));
    this.#next = Math.min(this.#next, slot * step);
  }

  /** @param expires as it was added with */
  delete(key: string, expires: number): void {
    const slot = slotOf(expires);
    const keys = this.#keys.get(slot);
    if (keys?.delete(key) && keys.size === 0) this.#remove(slot);
  }

  /** Takes out all keys whose minute is over. */
  takeDue(now: number): string[] {
    if (now < this.#next) return [];
    const due = [...this.#keys].filter(([slot]) => slot * step <= now);
    for (const [slot] of due) this.#keys.delete(slot);
    this.#findNext();
    return due.flatMap(([, keys]) => [...keys]);
  }

  clear(): void {
    this.#keys.clear();
    this.#findNext();
  }

  #remove(slot: number): void {
    this.#keys.delete(slot);
    if (slot * step === this.#next) this.#findNext();
  }

  #findNext(): void {
    let first = Number.POSITIVE_INFINITY;
    for (const slot of this.#keys.keys()) first = Math.min(first, slot);
    this.#next = first * step;
  }
}

/** The number of the minute at whose beginning it has expired. */
function slotOf(expires: number): number {
  return Math.ceil(expires / step);
}
