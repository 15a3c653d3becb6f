import { ExpiryIndex } from './expiry-index.ts';
import { type Guard, maxMembers, type Step, Store, type Write } from './store.ts';
import { StoreFull } from './store-failure.ts';
import { copyOf, sizeOf } from './text-size.ts';

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
const overhead = 336;

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
export class MemoryStore extends Store {
  readonly health = { state: 'ok' } as const;
  readonly failures: ReadonlyMap<string, number> = new Map();
  readonly #entries = new Map<string, Entry>();
  #expiries = new ExpiryIndex();
  readonly #options: MemoryStoreOptions;
  #bytes = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: Partial<MemoryStoreOptions> = {}) {
    super();
    this.#options = { ...defaults, ...options };
  }

  /** The entries held now, including expired ones that are not yet freed. */
  get size(): { readonly entries: number; readonly bytes: number } {
    return { entries: this.#entries.size, bytes: this.#bytes };
  }

  async get(key: string): Promise<string | undefined> {
    return this.#live(key);
  }

  async write({ unless = [], writes, reserve = 0 }: Step): Promise<Required<Guard> | undefined> {
    this.#removeExpired();
    for (const { key, value } of unless) {
      const present = this.#live(key);
      if (present !== undefined && present !== value) return { key, value: present };
    }
    const own = writes.filter(({ isAppended }) => !isAppended);
    const whole = own.map((write) => (write.member === undefined ? write : this.#withMember(write)));
    this.#checkRoom(whole, 1 - reserve);
    for (const { key, value, timeToLive } of whole) {
      this.#remove(key);
      if (value !== undefined) this.#put(key, value, timeToLive);
    }
    return undefined;
  }

  async watch(): Promise<void> {}

  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#entries.clear();
    this.#expiries = new ExpiryIndex();
    this.#bytes = 0;
  }

  #live(key: string): string | undefined {
    const entry = this.#entries.get(key);
    return entry !== undefined && entry.expires > this.#options.now() ? entry.value : undefined;
  }

  #put(key: string, value: string, timeToLive: number): void {
    const ownKey = copyOf(key);
    const expires = this.#options.now() + timeToLive;
    const bytes = bytesOf(key, value);
    this.#entries.set(ownKey, { value: copyOf(value), expires, bytes });
    this.#expiries.add(ownKey, expires);
    this.#bytes += bytes;
    this.#timer ??= setInterval(() => this.#removeExpired(), sweepInterval).unref();
  }

  /** As the function of the same name in `writeScript`. */
  #withMember({ key, member = '', value, timeToLive }: Write): Write {
    const now = this.#options.now();
    const all: [string, [number, string]][] = Object.entries(JSON.parse(this.#live(key) ?? '{}'));
    const live = new Map(all.filter(([, [expires]]) => expires > now));
    if (value === undefined) live.delete(member);
    else live.set(live.has(member) || live.size < maxMembers ? member : '', [now + timeToLive, value]);
    const text = live.size > 0 ? JSON.stringify(Object.fromEntries(live)) : undefined;
    return { key, value: text, timeToLive };
  }

  /** @param share of the whole store that may be in use after the writes */
  #checkRoom(writes: readonly Write[], share: number): void {
    let entries = this.#entries.size;
    let bytes = this.#bytes;
    for (const { key, value } of writes) {
      const previous = this.#entries.get(key);
      entries += (value === undefined ? 0 : 1) - (previous === undefined ? 0 : 1);
      bytes += (value === undefined ? 0 : bytesOf(key, value)) - (previous?.bytes ?? 0);
    }
    const isFull = entries > share * this.#options.maxEntries || bytes > share * this.#options.maxBytes;
    if (isFull && writes.some(({ value }) => value !== undefined)) throw this.#full();
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

/** Bytes that an entry takes. */
function bytesOf(key: string, value: string): number {
  return sizeOf(key) + sizeOf(value) + overhead;
}
