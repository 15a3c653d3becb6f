/**
 * The store did not answer, or not in time: a write may have been done all the same. Holds a code word and no
 * other text of the Redis client's error, which may contain addresses, keys and values.
 */
export class StoreFailure extends Error {
  /** E.g. ECONNREFUSED, WRONGPASS, TIMEOUT. */
  readonly reason: string;

  constructor(reason: string) {
    super(`The store did not answer: ${reason}`);
    this.name = 'StoreFailure';
    this.reason = reason;
  }
}

/** The store has no room for an entry. Nothing was written, and nothing was dropped. */
export class StoreFull extends StoreFailure {
  /** Whole seconds until entries expire; undefined where the store does not know. */
  readonly retryAfter: number | undefined;

  constructor(retryAfter?: number) {
    super('FULL');
    this.name = 'StoreFull';
    this.message = 'The store is full';
    this.retryAfter = retryAfter;
  }
}
