import { z } from 'zod';
import type { AccountEntry, AdapterFactory, Limits } from '../calls/calls-adapter.ts';
import { checkAccountTexts } from './config-account-texts.ts';
import { listProblems, type Problem } from './config-file.ts';
import { limitsSettings, listUselessTimes } from './config-limits.ts';
import { wordIssue } from './word-issue.ts';

export type Registry = Readonly<Record<string, AdapterFactory>>;

/** One account, checked, with what makes its adapter. */
export interface ConfiguredAccount {
  readonly factory: AdapterFactory;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly entry: AccountEntry;
  /** The same for entries that mean one account of a provider's; absent where that cannot be told. */
  readonly identity: string | undefined;
}

const account = z.looseObject({
  key: z.string().regex(/^[a-z0-9-]+$/, 'must consist of a-z, 0-9 and -'),
  name: z.string().min(1).optional(),
  provider: z.string(),
  allowInsecure: z.boolean().default(false),
  limits: limitsSettings.omit({ requestsPerList: true }).strict().default({}),
});

/** The accounts that a file lists, without those that are wrong; what is wrong is added to `problems`. */
export function configureAccounts(
  listed: unknown,
  registry: Registry,
  common: Limits,
  problems: Problem[],
): readonly ConfiguredAccount[] {
  const entries: readonly unknown[] = Array.isArray(listed) ? listed : [];
  const accounts = entries.map((each, i) =>
    configureAccount(each, registry, common, `accounts[${i}]`, problems),
  );
  problems.push(...repeatedKeys(entries), ...repeatedAccounts(accounts));
  return Object.freeze(accounts.filter((each) => each !== undefined));
}

/** What is every account's, and what is its provider's own: the one is checked even if the other fails. */
function configureAccount(
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
  const told = new Set(problems.map((problem) => problem.path));
  const faults = checkAccountTexts(ofProvider.data ?? settings, path, allowInsecure === true);
  problems.push(...faults.filter((fault) => !told.has(fault.path)));
  if (!checked.success) return undefined;
  problems.push(...listUselessTimes(checked.data.limits, `${path}.limits`, common));
  const limits = Object.freeze({ ...common, ...present(checked.data.limits) });
  const entry = Object.freeze({ key: checked.data.key, name: checked.data.name ?? checked.data.key, limits });
  const identity = ofProvider.success ? toIdentity(provider, factory.identify?.(ofProvider.data)) : undefined;
  return Object.freeze({ factory, settings: Object.freeze(settings), entry, identity });
}

export function toRecord(value: unknown): Record<string, unknown> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return value as Record<string, unknown>;
}

function repeatedKeys(listed: readonly unknown[]): Problem[] {
  const keys = listed.map((each) => toRecord(each)?.key);
  return keys.flatMap((key, i) =>
    typeof key !== 'string' || keys.indexOf(key) === i
      ? []
      : [{ path: `accounts[${i}].key`, message: `${key} is taken already` }],
  );
}

/**
 * Accounts that stand under two keys: each of their calls would be listed twice, under two ids.
 *
 * @param accounts as they were listed, undefined where one is wrong
 */
function repeatedAccounts(accounts: readonly (ConfiguredAccount | undefined)[]): Problem[] {
  const keys = new Map<string, string>();
  return accounts.flatMap((account, i) => {
    if (account?.identity === undefined) return [];
    const { identity, entry } = account;
    const earlier = keys.get(identity);
    if (earlier === undefined) keys.set(identity, entry.key);
    if (earlier === undefined || earlier === entry.key) return [];
    return [{ path: `accounts[${i}]`, message: `is the same account of the provider's as ${earlier}` }];
  });
}

function toIdentity(provider: string, parts: readonly string[] | undefined): string | undefined {
  return (
    parts &&
    JSON.stringify([provider, ...parts.map((part) => (/^https?:/i.test(part) ? toBase(part) : part))])
  );
}

/** One spelling for all: case of the host, default port, slashes at the end. */
function toBase(url: string): string {
  return new URL(url).href.replace(/\/+$/, '');
}

export function present<T extends object>(value: T | undefined): { [Key in keyof T]?: NonNullable<T[Key]> } {
  return Object.fromEntries(Object.entries(value ?? {}).filter(([, each]) => each !== undefined)) as T;
}
