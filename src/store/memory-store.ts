import { ExpiryIndex } from './expiry-index.ts';
import type { Store } from './store.ts';
import { StoreFull } from './store-failure.ts';

/** Limits and clock of a `MemoryStore`, the key-value store in this process's memory. */
export interface MemoryStoreOptions {
  readonly maxEntries: number;
  /** Of keys and values as V8 keeps them, and of what each entry adds. */
  readonly maxBytes: number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

const defaults: MemoryStoreOptions = {
  // A `Map` is copied when it grows, which blocks the event loop for some 20 ms at this size.
  maxEntries: 250_000,
  maxBytes: 128 * 1024 * 1024,
  now: Date.now,
};

/** Milliseconds between two sweeps for expired entries while nothing is written. */
const sweepInterval = 60_000;

/** Bytes that an entry takes besides the characters of its texts: objects, string headers, table slots. */
const overhead = 320;

interface Entry {
  readonly value: string;
  readonly expires: number;
  readonly bytes: number;
}

/**
 * A store in this process's memory, for a single process; a restart loses it. Expired entries are freed within
 * two minutes. Not a cache such as lru-cache, since caches make room by evicting entries that have not expired.
 * An evicted idempotency key would let its call be placed a second time.
 */
export class MemoryStore implements Store {
  readonly health = { state: 'ok' } as const;
  readonly #entries = new Map<string, Entry>();
  readonly #expiries = new ExpiryIndex();
  readonly #options: MemoryStoreOptions;
  #bytes = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: Partial<MemoryStoreOptions> = {}) {
    this.#options = { ...defaults, ...options };
  }

  /** The entries held now, including expired ones that are not yet freed. */
  get size(): { readonly entries: number; readonly bytes: number } {
    return { entries: this.#entries.size, bytes: this.#bytes };
  }

  async get(key: string): Promise<string | undefined> {
    return this.#live(key);
  }

  async setIfAbsent(
    key: string,
    value: string,
    timeToLive: number,
    reserve = 0,
  ): Promise<string | undefined> {
    const present = this.#live(key);
    if (present === undefined) this.#put(key, value, timeToLive, 1 - reserve);
    return present;
  }

  async set(key: string, value: string, timeToLive: number): Promise<void> {
    this.#put(key, value, timeToLive, 1);
  }

  async delete(key: string): Promise<void> {
    this.#remove(key);
  }

  async watch(): Promise<void> {}

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

  /** @param share of the whole store that may be in use after the write */
  #put(key: string, value: string, timeToLive: number, share: number): void {
    this.#removeExpired();
    const bytes = sizeOf(key) + sizeOf(value) + overhead;
    const previous = this.#entries.get(key);
    const entries = this.#entries.size + (previous === undefined ? 1 : 0);
    const isFull =
      entries > share * this.#options.maxEntries ||
      this.#bytes + bytes - (previous?.bytes ?? 0) > share * this.#options.maxBytes;
    if (isFull) throw this.#full();
    this.#remove(key);
    const ownKey = copyOf(key);
    const expires = this.#options.now() + timeToLive;
    this.#entries.set(ownKey, { value: copyOf(value), expires, bytes });
    this.#expiries.add(ownKey, expires);
    this.#bytes += bytes;
    this.#timer ??= setInterval(() => this.#removeExpired(), sweepInterval).unref();
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

  #removeExpired(): void {
    for (const key of this.#expiries.takeExpired(this.#options.now())) this.#remove(key);
    if (this.#entries.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}

/** V8 stores one byte per character if all are in Latin-1, else two. */
function encodingOf(text: string): 'latin1' | 'utf16le' {
  return /[^\0-\xff]/.test(text) ? 'utf16le' : 'latin1';
}

function sizeOf(text: string): number {
  return text.length * (encodingOf(text) === 'latin1' ? 1 : 2);
}

/** A copy of the text: a substring keeps the whole text that it was cut from in memory. */
function copyOf(text: string): string {
  const encoding = encodingOf(text);
  return Buffer.from(text, encoding).toString(encoding);
}
