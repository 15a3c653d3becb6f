/**
 * How much of a bounded store a new entry has to leave free: see `Store.setIfAbsent`. What an attempt with a
 * key goes on to write when it has been admitted is not listed here; it may take all there is, so that its
 * outcome is written down although no more keys are admitted.
 */
export const roomToLeave = {
  /** For a key: room for what the attempts under way have yet to write, some hundreds at a time per account. */
  key: 1 / 8,
  /**
   * For the notes of a call without a key. They only keep such a call from being taken for that of a key, so
   * keys come first: calls without one never fill more than half of the store.
   */
  unkeyed: 1 / 2,
};
