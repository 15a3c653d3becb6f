const minDrainTime = 30_000;
/** For an operation to send its response once its deadline has passed. */
const margin = 5_000;
/** The longest delay of a timer of Node. A longer one fires immediately. */
const maxTimer = 2 ** 31 - 1;

/**
 * How long pending requests may take to end after SIGTERM, in milliseconds. It is longer than any operation may take,
 * so that the process never ends while a call is being placed.
 */
export function drainTimeOf({ readDeadline }: { readonly readDeadline: number }): number {
  return Math.min(Math.max(minDrainTime, readDeadline + margin), maxTimer);
}
