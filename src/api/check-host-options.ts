import { parse } from 'graphql';
import { z } from 'zod';
import type { Registry } from '../config/accounts.ts';
import { ConfigError, readOptions } from '../config/config.ts';
import { listProblems, type Problem } from '../config/problem.ts';
import { isObject } from '../runtime/is-object.ts';

const isFunction = (value: unknown) => typeof value === 'function';
const hasMethods = (value: unknown, ...names: string[]) =>
  names.every((name) => isFunction((value as Record<string, unknown> | null | undefined)?.[name]));

const sdl = z.string().superRefine((text, { addIssue }) => {
  try {
    parse(text);
  } catch (error) {
    addIssue(`is no SDL: ${(error as Error).message}`);
  }
});

const adapter = z.looseObject({
  provider: z
    .string()
    .regex(/^[A-Z][A-Z\d_]*$/, 'must be a value of the enum Provider, in capitals')
    .refine((name) => name !== 'BANDWIDTH' && name !== 'RESTCOMM', 'has an adapter already'),
  typeDefs: sdl,
  settings: z.custom((value) => hasMethods(value, 'safeParse'), 'must be a schema of zod'),
  create: z.custom(isFunction, 'must be a function'),
});

const hostOptions = z.looseObject({
  logger: z
    .custom(
      (value) => hasMethods(value, 'debug', 'info', 'warn', 'error'),
      'must have the methods debug, info, warn and error',
    )
    .optional(),
  authenticate: z.custom(isFunction, 'must be a function').optional(),
  metrics: z.boolean().optional(),
  adapters: z
    .array(adapter)
    .refine((all) => new Set(all.map(({ provider }) => provider)).size === all.length, 'has a provider twice')
    .optional(),
});

/**
 * Checks the options that no accounts file can hold.
 *
 * @throws ConfigError that lists every problem, those of the other options too
 */
export function checkHostOptions(options: unknown, registry: Registry): void {
  if (!isObject(options)) throw new ConfigError([{ path: 'options', message: 'must be an object' }]);
  const problems = listProblems(hostOptions.safeParse(options).error);
  if (problems.length === 0) return;
  const { logger, authenticate, adapters, metrics, ...settings } = options;
  // An account may be that of an adapter that cannot be used.
  const others = problemsIn(() => readOptions(registry, settings)).filter(
    ({ path }) => !/^accounts\[\d+\]\.provider$/.test(path),
  );
  throw new ConfigError([...problems, ...others]);
}

function problemsIn(read: () => unknown): readonly Problem[] {
  try {
    read();
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}
