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
