import { z } from 'zod';

/** One error in the configuration. */
export interface Problem {
  /** Path in the accounts file, such as `accounts[0].auth`, or the name of an environment variable. */
  readonly path: string;
  readonly message: string;
}

/**
 * Converts Zod's issues to problems, worded as in `z.prettifyError`, which takes two lines for each and none for what
 * Zod has not found.
 *
 * @param under path of what was parsed
 */
export function listProblems(error: z.ZodError | undefined, under: readonly PropertyKey[] = []): Problem[] {
  return (error?.issues ?? []).flatMap((issue) => {
    const toPath = (...more: string[]) => z.core.toDotPath([...under, ...issue.path, ...more]);
    if (issue.code !== 'unrecognized_keys') return [{ path: toPath() || 'the file', message: issue.message }];
    return issue.keys.map((key) => ({ path: toPath(key), message: 'is not a known key' }));
  });
}
