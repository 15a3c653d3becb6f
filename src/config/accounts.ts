import { z } from 'zod';
import type { AccountEntry, AdapterFactory, Limits } from '../calls/calls-adapter.ts';
import { isObject } from '../runtime/is-object.ts';
import { checkAccountStrings } from './check-account-strings.ts';
import { listDuplicateAccounts, listDuplicateKeys, toIdentity } from './duplicate-accounts.ts';
import { limitsSettings, listIneffectiveTimeouts } from './limits.ts';
import { listProblems, type Problem } from './problem.ts';
import { withoutUndefined } from './without-undefined.ts';

/**
 * Validates the `accounts` of the configuration.
 *
 * @param listed `accounts` as they are in the file
 * @param common the limits of the file, which an account may override
 * @param problems receives every error found
 * @returns the valid accounts
 */
export function configureAccounts(
  listed: unknown,
  registry: Registry,
  common: Limits,
  problems: Problem[],
): readonly ConfiguredAccount[] {
  const entries: readonly unknown[] = Array.isArray(listed) ? listed : [];
  const accounts = entries.map((each, i) => configureAccount(each, i, registry, common, problems));
  problems.push(...listDuplicateKeys(entries), ...listDuplicateAccounts(accounts));
  return Object.freeze(accounts.filter((each) => each !== undefined));
}

export type Registry = Readonly<Record<string, AdapterFactory>>;

/** One valid account of the configuration, with the factory that creates its adapter. */
export interface ConfiguredAccount {
  readonly factory: AdapterFactory;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly entry: AccountEntry;
  /** The last part of the path at which the account's webhooks arrive, if it is configured. */
  readonly webhookSecret: string | undefined;
  /** What the provider sends with webhooks to that path, once it is asked for them. */
  readonly webhookCredentials?: z.output<typeof webhookCredentials> | undefined;
  /** Equal for entries that mean the same account of a provider; undefined if the adapter cannot tell. */
  readonly identity: string | undefined;
}

/** Characters of a name or password, as many as Bandwidth takes. */
const credential = z.string().min(1).max(1024);

const webhookCredentials = z.strictObject({
  username: credential.regex(/^[^:]*$/, 'must have no colon (RFC 7617)'),
  password: credential,
});

const account = z.looseObject({
  key: z.string().regex(/^[a-z0-9-]+$/, 'must consist of a-z, 0-9 and -'),
  name: z.string().min(1).optional(),
  provider: z.string(),
  allowInsecure: z.boolean().default(false),
  propagateTrace: z.boolean().default(false),
  webhookSecret: z
    .string()
    .regex(
      /^[\w\-.~!$&'()*+,;=:@]{16,}$/,
      'must have at least 16 characters, all of which can stand in a path: letters, digits and no slash',
    )
    .optional(),
  webhookCredentials: webhookCredentials.optional(),
  limits: limitsSettings.omit({ requestsPerList: true }).strict().default({}),
});

/** Checks both the settings common to all accounts and the provider's own, even if the former are invalid. */
function configureAccount(
  listed: unknown,
  index: number,
  registry: Registry,
  common: Limits,
  problems: Problem[],
): ConfiguredAccount | undefined {
  const path = `accounts[${index}]`;
  const checked = account.safeParse(listed);
  problems.push(...listProblems(checked.error, ['accounts', index]));
  const given = isObject(listed) ? listed : {};
  const { provider, allowInsecure } = given;
  const ofProvider = Object.entries(given).filter(([name]) => !Object.hasOwn(account.shape, name));
  const settings = Object.freeze(Object.fromEntries(ofProvider));
  if (typeof provider !== 'string') return undefined;
  const factory = registry[provider.toUpperCase()];
  if (factory === undefined || provider !== provider.toLowerCase()) {
    const names = Object.keys(registry).map((each) => each.toLowerCase());
    problems.push({ path: `${path}.provider`, message: `must be one of ${names.join(', ')}` });
    return undefined;
  }
  const parsed = factory.settings.safeParse(settings);
  problems.push(...listProblems(parsed.error, ['accounts', index]));
  const reported = new Set(problems.map((problem) => problem.path));
  const more = checkAccountStrings(parsed.data ?? settings, path, allowInsecure === true);
  problems.push(...more.filter((problem) => !reported.has(problem.path)));
  if (!checked.success) return undefined;
  problems.push(...listIneffectiveTimeouts(checked.data.limits, `${path}.limits`, common));
  const told = checked.data.propagateTrace && { propagateTrace: true };
  const limits = Object.freeze({ ...common, ...withoutUndefined(checked.data.limits), ...told });
  const entry = Object.freeze({ key: checked.data.key, name: checked.data.name ?? checked.data.key, limits });
  const identity = parsed.success ? toIdentity(provider, factory.identify?.(parsed.data)) : undefined;
  const { webhookSecret, webhookCredentials } = checked.data;
  if (webhookCredentials !== undefined && webhookSecret === undefined) {
    const message = 'is needed for `webhookCredentials`, which are asked for at its address only';
    problems.push({ path: `${path}.webhookSecret`, message });
  }
  const webhooks = { webhookSecret, webhookCredentials };
  return Object.freeze({ factory, settings, entry, ...webhooks, identity });
}
