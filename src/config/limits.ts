import { z } from 'zod';
import { duration } from './duration.ts';
import type { Problem } from './problem.ts';

/** `limits` of the accounts file and of an account. Durations are parsed to milliseconds, sizes are bytes. */
export const limitsSettings = z
  .strictObject({
    connectTimeout: duration,
    headersTimeout: duration,
    readDeadline: duration,
    maxBodyBytes: z.int().positive(),
    requestsPerList: z.int().min(1).max(1000),
    callsPerSecond: z.number().positive().max(10_000),
  })
  .partial();

/** Durations in milliseconds, sizes in bytes. */
export const defaultLimits = {
  connectTimeout: 2_000,
  headersTimeout: 25_000,
  readDeadline: 30_000,
  maxBodyBytes: 32 * 1024 * 1024,
  requestsPerList: 20,
};

/**
 * Lists timeouts that can never apply because a deadline passes first. Defaults are not checked: a file that
 * shortens only the deadline is valid.
 *
 * @param given `limits` of the file or of one account, in milliseconds
 * @param path of `given` in the file
 * @param common the limits of the file, if `given` are an account's: their deadline ends every operation
 */
export function listIneffectiveTimeouts(
  given: z.output<typeof limitsSettings>,
  path: string,
  common?: { readDeadline: number },
): Problem[] {
  const longest = common?.readDeadline ?? Number.POSITIVE_INFINITY;
  const deadline = Math.min(
    given.readDeadline ?? common?.readDeadline ?? defaultLimits.readDeadline,
    longest,
  );
  const tooLong = (['connectTimeout', 'headersTimeout'] as const)
    .filter((name) => (given[name] ?? 0) > deadline)
    .map((name) => ({
      path: `${path}.${name}`,
      message: `is longer than \`readDeadline\`, ${deadline / 1000}s, and would never apply`,
    }));
  if ((given.readDeadline ?? 0) <= longest) return tooLong;
  const message = `is longer than the file's \`limits.readDeadline\`, ${longest / 1000}s, which ends every operation`;
  return [...tooLong, { path: `${path}.readDeadline`, message }];
}
