import { Expiries } from './expiries.ts';
import type { Store } from './store.ts';
import { StoreFull } from './store-failure.ts';

export interface MemoryStoreOptions {
  /** The most that it holds. */
  readonly entries: number;
  readonly bytes: number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

const defaults: MemoryStoreOptions = {
  // A `Map` copies itself when it grows, which holds the event loop for some 20 ms at this size.
  entries: 250_000,
  bytes: 128 * 1024 * 1024,
  now: Date.now,
};

/** Milliseconds between two looks for expired entries while nothing is written. */
const sweepEvery = 60_000;

/** What an entry takes beyond the characters of its texts, in bytes: objects, headers, places in tables. */
const overhead = 320;

interface Entry {
  readonly value: string;
  readonly expires: number;
  readonly bytes: number;
}

/**
 * Keeps values in this process: good for one process, gone with it. What has expired is freed within two
 * minutes. By hand, since caches such as lru-cache make room by dropping what has not expired: here that
 * would be a key whose call is then placed a second time.
 */
export class MemoryStore implements Store {
  readonly #entries = new Map<string, Entry>();
  readonly #expiries = new Expiries();
  readonly #options: MemoryStoreOptions;
  #bytes = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: Partial<MemoryStoreOptions> = {}) {
    this.#options = { ...defaults, ...options };
  }

  /** What it holds now, expired or not. */
  get size(): { readonly entries: number; readonly bytes: number } {
    return { entries: this.#entries.size, bytes: this.#bytes };
  }

  async get(key: string): Promise<string | undefined> {
    return this.#live(key);
  }

  async setIfAbsent(key: string, value: string, timeToLive: number, leave = 0): Promise<string | undefined> {
    const present = this.#live(key);
    if (present === undefined) this.#put(key, value, timeToLive, 1 - leave);
    return present;
  }

  async set(key: string, value: string, timeToLive: number): Promise<void> {
    this.#put(key, value, timeToLive, 1);
  }

  async delete(key: string): Promise<void> {
    this.#remove(key);
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#entries.clear();
    this.#expiries.clear();
    this.#bytes = 0;
  }

  #live(key: string): string | undefined {
    const entry = this.#entries.get(key);
    return entry !== undefined && entry.expires > this.#options.now() ? entry.value : undefined;
  }

  /** @param share of the whole store that may be in use afterwards */
  #put(key: string, value: string, timeToLive: number, share: number): void {
    this.#sweep();
    const bytes = sizeOf(key) + sizeOf(value) + overhead;
    const earlier = this.#entries.get(key);
    const entries = this.#entries.size + (earlier === undefined ? 1 : 0);
    const isFull =
      entries > share * this.#options.entries ||
      this.#bytes + bytes - (earlier?.bytes ?? 0) > share * this.#options.bytes;
    if (isFull) throw this.#full();
    this.#remove(key);
    const name = copyOf(key);
    const expires = this.#options.now() + timeToLive;
    this.#entries.set(name, { value: copyOf(value), expires, bytes });
    this.#expiries.add(name, expires);
    this.#bytes += bytes;
    this.#timer ??= setInterval(() => this.#sweep(), sweepEvery).unref();
  }

  #full(): StoreFull {
    const wait = this.#expiries.next - this.#options.now();
    return new StoreFull(Number.isFinite(wait) ? Math.max(1, Math.ceil(wait / 1000)) : undefined);
  }

  #remove(key: string): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    this.#entries.delete(key);
    this.#expiries.delete(key, entry.expires);
    this.#bytes -= entry.bytes;
  }

  #sweep(): void {
    for (const key of this.#expiries.takeDue(this.#options.now())) this.#remove(key);
    if (this.#entries.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}

/** V8 keeps a byte a character where all are in Latin-1, else two. */
function encodingOf(text: string): 'latin1' | 'utf16le' {
  return /[^\0-\xff]/.test(text) ? 'utf16le' : 'latin1';
}

function sizeOf(text: string): number {
  return text.length * (encodingOf(text) === 'latin1' ? 1 : 2);
}

/** The same text by itself: one that was cut out of another keeps all of that in memory. */
function copyOf(text: string): string {
  const encoding = encodingOf(text);
  return Buffer.from(text, encoding).toString(encoding);
}
