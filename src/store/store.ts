/** Whether a store works and can be relied on; if not, why, and since when (RFC 3339). */
export type StoreHealth =
  | { readonly state: 'ok' }
  | { readonly state: 'degraded'; readonly code: string; readonly since: string };

/** Called with each change of a store's health. */
export type OnHealth = (health: StoreHealth) => void;

/**
 * The key-value port behind idempotency keys. Values are text. Every method is atomic. An entry is kept until
 * its time to live is over; nothing is evicted. A full store rejects writes with `StoreFull`. Every
 * method may reject with `StoreFailure`.
 */
export interface Store {
  /** The value of the key, or undefined. */
  get(key: string): Promise<string | undefined>;

  /**
   * Writes a value unless the key has one, which is then returned and kept.
   *
   * @param timeToLive milliseconds
   * @param reserve the share of a bounded store, from 0 up to 1, that must still be free after the write. A store
   *   that does not know its bounds ignores it
   * @throws StoreFull when there is no room
   */
  setIfAbsent(key: string, value: string, timeToLive: number, reserve?: number): Promise<string | undefined>;

  /**
   * Writes a value in any case.
   *
   * @param timeToLive milliseconds
   * @throws StoreFull when there is no room
   */
  set(key: string, value: string, timeToLive: number): Promise<void>;

  /** Removes the key, if it is there. */
  delete(key: string): Promise<void>;

  readonly health: StoreHealth;

  /** Brings `health` up to date, now and each minute until the store is closed. Never rejects. */
  watch(): Promise<void>;

  /** Releases connections and timers. */
  close(): Promise<void>;
}
