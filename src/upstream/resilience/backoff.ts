/** Bounds of the delay in milliseconds: `base` before the first retry, doubled each time up to `longest`. */
export interface Backoff {
  readonly base: number;
  readonly longest: number;
}

/**
 * Milliseconds to wait before a retry: exponential backoff with "full jitter", so that clients that failed
 * together do not retry together (AWS Architecture Blog, "Exponential Backoff And Jitter").
 *
 * @param retry the number of the retry, from 1
 * @param random from 0 up to, but not including, 1
 */
export function fullJitter(retry: number, random: number, { base, longest }: Backoff): number {
  return random * Math.min(longest, base * 2 ** (retry - 1));
}
