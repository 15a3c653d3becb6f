/**
 * Where what must outlive a request is kept: the port behind idempotency keys. Values are text; times
 * to live are in milliseconds. Every method is atomic.
 */
export interface Store {
  get(key: string): Promise<string | undefined>;

  /** Writes, unless there is a value already: then that one is returned and stays. */
  setIfAbsent(key: string, value: string, timeToLive: number): Promise<string | undefined>;

  set(key: string, value: string, timeToLive: number): Promise<void>;

  delete(key: string): Promise<void>;

  close(): Promise<void>;
}
