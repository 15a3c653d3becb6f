import { z } from 'zod';
import { duration, type Problem } from './config-file.ts';

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

/** Times in milliseconds, sizes in bytes. */
export const defaultLimits = {
  connectTimeout: 2_000,
  headersTimeout: 25_000,
  readDeadline: 30_000,
  maxBodyBytes: 32 * 1024 * 1024,
  requestsPerList: 20,
};

type Times = { readonly [Name in 'connectTimeout' | 'headersTimeout' | 'readDeadline']?: number | undefined };

/**
 * Times that can never apply, since a deadline passes before. Only what is written down is looked at: whoever shortens
 * the deadline alone need not shorten the defaults with it.
 *
 * @param given the limits of one place in the file, in milliseconds
 * @param common those of the whole file when `given` are an account's; its deadline ends every operation
 */
export function listUselessTimes(given: Times, path: string, common?: { readDeadline: number }): Problem[] {
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
