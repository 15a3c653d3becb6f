import type { Store } from './store.ts';

interface Entry {
  readonly value: string;
  /** Milliseconds since the epoch. */
  readonly expires: number;
}

/** Keeps values in this process: good for one process, gone with it. */
export class MemoryStore implements Store {
  readonly #entries = new Map<string, Entry>();
  readonly #now: () => number;
  #nextSweep = 0;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  async get(key: string): Promise<string | undefined> {
    return this.#live(key);
  }

  async setIfAbsent(key: string, value: string, timeToLive: number): Promise<string | undefined> {
    const present = this.#live(key);
    if (present === undefined) await this.set(key, value, timeToLive);
    return present;
  }

  async set(key: string, value: string, timeToLive: number): Promise<void> {
    this.#sweep();
    this.#entries.set(key, { value, expires: this.#now() + timeToLive });
  }

  async delete(key: string): Promise<void> {
    this.#entries.delete(key);
  }

  async close(): Promise<void> {
    this.#entries.clear();
  }

  #live(key: string): string | undefined {
    const entry = this.#entries.get(key);
    return entry !== undefined && entry.expires > this.#now() ? entry.value : undefined;
  }

  /** Once a minute at most, on a write: no timer to leak. */
  #sweep(): void {
    const now = this.#now();
    if (now < this.#nextSweep) return;
    this.#nextSweep = now + 60_000;
    for (const [key, { expires }] of this.#entries) if (expires <= now) this.#entries.delete(key);
  }
}
