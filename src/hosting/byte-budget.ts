interface Holding {
  readonly owner: string;
  /** What it is released with: see `keysOf`. */
  readonly group: string;
  readonly bytes: number;
  /** Milliseconds since the epoch. */
  readonly until: number;
}

/** Counts the bytes that this process has stored for each owner, until they are released or have expired. */
export class ByteBudget {
  readonly #most: number;
  readonly #now: () => number;
  readonly #totals = new Map<string, number>();
  readonly #groups = new Map<string, Set<string>>();
  /** By key, the oldest first. */
  readonly #holdings = new Map<string, Holding>();

  /** @param most bytes of one owner */
  constructor(most: number, now: () => number = Date.now) {
    this.#most = most;
    this.#now = now;
  }

  /** How much is held for an owner. */
  of(owner: string): number {
    return this.#totals.get(owner) ?? 0;
  }

  /** What is held of a group. */
  keysOf(group: string): readonly string[] {
    return [...(this.#groups.get(group) ?? [])];
  }

  /** Whether something is held that has not expired. */
  has(key: string): boolean {
    return (this.#holdings.get(key)?.until ?? 0) > this.#now();
  }

  /** Counts what is to be held; false if it would be too much. */
  take(key: string, holding: Holding): boolean {
    // All are kept for as long as a call may last, less the age of the call: the oldest expire first, or nearly so.
    for (const [oldest, { until }] of this.#holdings) {
      if (until > this.#now()) break;
      this.release(oldest);
    }
    this.release(key);
    const total = this.of(holding.owner) + holding.bytes;
    if (total > this.#most) return false;
    this.#holdings.set(key, holding);
    this.#totals.set(holding.owner, total);
    const group = this.#groups.get(holding.group) ?? new Set();
    this.#groups.set(holding.group, group.add(key));
    return true;
  }

  release(key: string): void {
    const holding = this.#holdings.get(key);
    if (holding === undefined) return;
    this.#holdings.delete(key);
    const group = this.#groups.get(holding.group);
    group?.delete(key);
    if (group?.size === 0) this.#groups.delete(holding.group);
    const left = this.of(holding.owner) - holding.bytes;
    if (left > 0) this.#totals.set(holding.owner, left);
    else this.#totals.delete(holding.owner);
  }
}
