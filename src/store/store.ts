/**
 * Where what must outlive a request is kept: the port behind idempotency keys. Values are text; times
 * to live are in milliseconds. Every method is atomic. A store drops nothing before its time to live is
 * over: one that is full rejects with StoreFull.
 */
export interface Store {
  get(key: string): Promise<string | undefined>;

  /**
   * Writes, unless there is a value already: then that one is returned and stays.
   *
   * @param leave the share of a bounded store, from 0 up to 1, that must still be free afterwards. A store
   *   that does not know its bounds writes as long as it can
   */
  setIfAbsent(key: string, value: string, timeToLive: number, leave?: number): Promise<string | undefined>;

  set(key: string, value: string, timeToLive: number): Promise<void>;

  delete(key: string): Promise<void>;

  close(): Promise<void>;
}
