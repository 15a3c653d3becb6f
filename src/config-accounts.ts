import { z } from 'zod';
import type { AccountEntry, AdapterFactory, Limits } from './calls/calls-adapter.ts';
import { duration, listProblems, type Problem } from './config-file.ts';
import { isLoopback } from './is-loopback.ts';
import { wordIssue } from './word-issue.ts';

export type Registry = Readonly<Record<string, AdapterFactory>>;

/** One account, checked, with what makes its adapter. */
export interface ConfiguredAccount {
  readonly factory: AdapterFactory;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly entry: AccountEntry;
}

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

export const defaultLimits = {
  connectTimeout: 2_000,
  headersTimeout: 25_000,
  readDeadline: 30_000,
  maxBodyBytes: 32 * 1024 * 1024,
  requestsPerList: 20,
};

const account = z.looseObject({
  key: z.string().regex(/^[a-z0-9-]+$/, 'must consist of a-z, 0-9 and -'),
  name: z.string().min(1).optional(),
  provider: z.string(),
  allowInsecure: z.boolean().default(false),
  limits: limitsSettings.omit({ requestsPerList: true }).strict().default({}),
});

/** What is every account's, and what is its provider's own: the one is checked even if the other fails. */
export function configureAccount(
  listed: unknown,
  registry: Registry,
  common: Limits,
  path: string,
  problems: Problem[],
): ConfiguredAccount | undefined {
  const checked = account.safeParse(listed, { error: wordIssue });
  problems.push(...listProblems(checked.error, path));
  const { key, name, provider, allowInsecure, limits: own, ...settings } = toRecord(listed) ?? {};
  if (typeof provider !== 'string') return undefined;
  const factory = registry[provider.toUpperCase()];
  if (factory === undefined || provider !== provider.toLowerCase()) {
    const known = Object.keys(registry).map((each) => each.toLowerCase());
    problems.push({ path: `${path}.provider`, message: `must be one of ${known.join(', ')}` });
    return undefined;
  }
  const ofProvider = factory.settings.safeParse(settings, { error: wordIssue });
  problems.push(...listProblems(ofProvider.error, path));
  if (allowInsecure !== true) problems.push(...insecureUrls(ofProvider.data ?? settings, path));
  if (!checked.success) return undefined;
  const limits = Object.freeze({ ...common, ...present(checked.data.limits) });
  const entry = Object.freeze({ key: checked.data.key, name: checked.data.name ?? checked.data.key, limits });
  return Object.freeze({ factory, settings: Object.freeze(settings), entry });
}

export function toRecord(value: unknown): Record<string, unknown> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return value as Record<string, unknown>;
}

/** Credentials would travel in the open. */
function insecureUrls(settings: object, path: string): Problem[] {
  return Object.entries(settings).flatMap(([name, value]) => {
    if (!name.endsWith('Url') || typeof value !== 'string' || !URL.canParse(value)) return [];
    const { protocol, hostname } = new URL(value);
    if (protocol === 'https:' || isLoopback(hostname)) return [];
    return [{ path: `${path}.${name}`, message: 'must be https, unless `allowInsecure: true` is said' }];
  });
}

export function repeatedKeys(listed: readonly unknown[]): Problem[] {
  const keys = listed.map((each) => toRecord(each)?.key);
  return keys.flatMap((key, i) =>
    typeof key !== 'string' || keys.indexOf(key) === i
      ? []
      : [{ path: `accounts[${i}].key`, message: `${key} is taken already` }],
  );
}

export function present<T extends object>(value: T | undefined): { [Key in keyof T]?: NonNullable<T[Key]> } {
  return Object.fromEntries(Object.entries(value ?? {}).filter(([, each]) => each !== undefined)) as T;
}
