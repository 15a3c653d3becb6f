import { z } from 'zod';
import { type CostSettings, costSettings } from './access/cost-settings.ts';
import { type AccessSettings, accessSettings, listUnknownAccounts } from './access/settings.ts';
import type { Limits } from './calls/calls-adapter.ts';
import {
  type ConfiguredAccount,
  configureAccount,
  defaultLimits,
  limitsSettings,
  present,
  type Registry,
  repeatedKeys,
  toRecord,
} from './config-accounts.ts';
import { listProblems, type Problem, readAccountsFile } from './config-file.ts';
import { isLoopback } from './is-loopback.ts';
import { isStoreUrl } from './store/create-store.ts';
import { wordIssue } from './word-issue.ts';

export interface Config {
  readonly host: string;
  readonly port: number;
  readonly logLevel: string;
  readonly introspection: boolean;
  readonly explorer: boolean;
  /** Whether the accounts are the sandbox's, so that no real call can be placed. */
  readonly sandbox: boolean;
  /** Origins whose pages may ask; none by default. */
  readonly corsOrigins: readonly string[];
  readonly limits: Limits & { readonly requestsPerList: number };
  readonly access: AccessSettings;
  /** Whether nobody has said who may ask, so that only callers on this machine may. */
  readonly localOnly: boolean;
  /** What one operation may cost. */
  readonly cost: CostSettings;
  /** URL of the Redis that idempotency keys are kept in; in this process's memory if absent. */
  readonly store: string | undefined;
  readonly accounts: readonly ConfiguredAccount[];
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Everything that is wrong with the configuration, a line each, with its path. */
export class ConfigError extends Error {
  constructor(problems: readonly Problem[]) {
    super(problems.map(({ path, message }) => `${path}: ${message}`).join('\n'));
    this.name = 'ConfigError';
  }
}

const environment = z.object({
  PORT: z.coerce.number('must be a port').int().min(0).max(65535).default(4000),
  HOST: z.string().min(1).default('127.0.0.1'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  NODE_ENV: z.string().optional(),
});

const origin = z
  .string()
  .refine(isOrigin, 'must be an origin as browsers send it, such as https://app.example.com');

const file = z.strictObject({
  accounts: z.array(z.unknown()).min(1),
  limits: limitsSettings.default({}),
  access: accessSettings.optional(),
  cost: costSettings.default(costSettings.parse({})),
  store: z.string().refine(isStoreUrl, 'must be redis://… or rediss://…').optional(),
  introspection: z.boolean().optional(),
  explorer: z.boolean().optional(),
  cors: z.strictObject({ origins: z.array(origin).min(1) }).optional(),
});

/** As browsers send it, to the letter: another spelling would never match (RFC 6454, section 6.2). */
function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, host } = new URL(text);
  return text === `${protocol}//${host}` && !host.includes('*');
}

/** Whether an accounts file is named; without one the sandbox runs. */
export function hasAccountsFile(env: Environment = process.env): boolean {
  return Boolean(env.CALLS_CONFIG);
}

/**
 * The one place that reads the environment and the accounts file.
 *
 * @param given what stands in for the accounts file when `CALLS_CONFIG` names none: the sandbox's accounts
 * @throws ConfigError that names every problem at once
 */
export function readConfig(registry: Registry, given: unknown, env: Environment = process.env): Config {
  const unread: Problem[] = [];
  const content = env.CALLS_CONFIG ? readAccountsFile(env.CALLS_CONFIG, env, unread) : given;
  const problems: Problem[] = [];
  const vars = environment.safeParse(
    Object.fromEntries(Object.entries(env).filter(([, value]) => value !== '')),
    { error: wordIssue },
  );
  const checked = content === undefined ? undefined : file.safeParse(content, { error: wordIssue });
  problems.push(...listProblems(vars.error), ...listProblems(checked?.error));
  const common = Object.freeze({ ...defaultLimits, ...present(checked?.data?.limits) });
  // Whatever else is at fault, the accounts are looked at, too.
  const raw = toRecord(content);
  const listed = Array.isArray(raw?.accounts) ? raw.accounts : [];
  const accounts = listed.map((each, i) =>
    configureAccount(each, registry, common, `accounts[${i}]`, problems),
  );
  problems.push(...repeatedKeys(listed));
  problems.push(
    ...listUnknownAccounts(
      raw?.access,
      listed.map((each) => String(toRecord(each)?.key)),
    ),
  );
  if (vars.data && !isLoopback(vars.data.HOST) && raw !== undefined && raw.access === undefined) {
    const message = `${vars.data.HOST} is reachable by others; give \`access\` rules in the accounts file, or say \`access: open\` if they may all use it`;
    problems.push({ path: 'HOST', message });
  }
  // What an unset variable has left of a value is wrong for no other reason.
  const others = problems.filter(({ path }) => !unread.some((each) => each.path === path));
  const all = [...unread, ...others];
  if (all.length > 0 || !vars.success || !checked?.success) throw new ConfigError(all);
  const isProduction = vars.data.NODE_ENV === 'production';
  return Object.freeze({
    host: vars.data.HOST,
    port: vars.data.PORT,
    logLevel: vars.data.LOG_LEVEL,
    introspection: checked.data.introspection ?? !isProduction,
    explorer: checked.data.explorer ?? !isProduction,
    sandbox: !env.CALLS_CONFIG,
    corsOrigins: Object.freeze(checked.data.cors?.origins ?? []),
    limits: common,
    access: checked.data.access ?? 'open',
    localOnly: Boolean(env.CALLS_CONFIG) && checked.data.access === undefined,
    cost: checked.data.cost,
    store: checked.data.store,
    accounts: Object.freeze(accounts.filter((each) => each !== undefined)),
  });
}
