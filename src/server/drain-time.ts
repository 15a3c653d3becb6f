const least = 30_000;
/** For an operation to hand out its answer once its deadline has passed. */
const margin = 5_000;
/** What a timer of Node's can hold; beyond it, it fires at once. */
const longest = 2 ** 31 - 1;

/**
 * How long requests under way may take to end after SIGTERM, in milliseconds: longer than any operation may
 * take, so that no call is being placed when the process ends.
 */
export function drainTimeOf({ readDeadline }: { readonly readDeadline: number }): number {
  return Math.min(Math.max(least, readDeadline + margin), longest);
}
