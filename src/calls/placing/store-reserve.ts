/**
 * The share of a bounded store that must stay free when an attempt is admitted: see `Store.setIfAbsent`. The
 * later writes of an admitted attempt have no reserve, so that its outcome can be recorded in a store that
 * admits no more keys.
 */
export const storeReserve = {
  /** For an idempotency key: room for the later writes of active attempts, some hundreds at a time per account. */
  keyed: 1 / 8,
  /**
   * For a call without a key. Its entries only keep it from being taken for the call of a key, so keys take
   * precedence: calls without a key fill at most half of the store.
   */
  unkeyed: 1 / 2,
};
