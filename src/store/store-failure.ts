/**
 * The store did not do what it was asked, or not in time: it may have done it all the same. Holds a word
 * for the reason and nothing else, since the errors of Redis clients carry addresses, keys and values.
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

/** The store has no room for an entry. Nothing was written, and nothing that it holds was dropped. */
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
