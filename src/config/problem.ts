import type { z } from 'zod';

/** One error in the configuration. */
export interface Problem {
  /** Path in the accounts file, such as `accounts[0].auth`, or the name of an environment variable. */
  readonly path: string;
  readonly message: string;
}

/** Converts Zod's issues to problems, one for each path, such as `accounts[0].auth.clientId`. */
export function listProblems(error: z.ZodError | undefined, under = ''): Problem[] {
  return (error?.issues ?? []).flatMap((issue) => {
    const path = [under, ...issue.path].reduce<string>(
      (text, key) =>
        typeof key === 'number' ? `${text}[${key}]` : text ? `${text}.${String(key)}` : String(key),
      '',
    );
    if (issue.code !== 'unrecognized_keys') return [{ path: path || 'the file', message: issue.message }];
    return issue.keys.map((key) => ({ path: path ? `${path}.${key}` : key, message: 'is not a known key' }));
  });
}
