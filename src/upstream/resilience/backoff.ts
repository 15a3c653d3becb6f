/** Milliseconds: the first wait is random below `base`, the next below twice that, none above `longest`. */
export interface Backoff {
  readonly base: number;
  readonly longest: number;
}

/**
 * Milliseconds before the n-th repetition, counted from 1: "full jitter", evenly spread from nothing up
 * to an exponentially growing bound, so that clients that failed together do not come back together
 * (AWS Architecture Blog, "Exponential Backoff And Jitter"). Arithmetic only: sleeping is elsewhere.
 *
 * @param random from 0 up to, but not including, 1
 */
export function fullJitter(repetition: number, random: number, { base, longest }: Backoff): number {
  return random * Math.min(longest, base * 2 ** (repetition - 1));
}
