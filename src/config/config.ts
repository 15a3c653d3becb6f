import type { Limits } from '../calls/calls-adapter.ts';
import type { AccessSettings } from './access-settings.ts';
import {
  type ConfiguredAccount,
  configureAccounts,
  present,
  type Registry,
  toRecord,
} from './config-accounts.ts';
import { listAccountKeys, listContradictions } from './config-contradictions.ts';
import { environment } from './config-environment.ts';
import { listProblems, type Problem, readAccountsFile } from './config-file.ts';
import { defaultLimits, limitsSettings } from './config-limits.ts';
import { runsSandbox, type SandboxPorts, sandboxPorts } from './config-sandbox.ts';
import { fileSettings } from './config-schema.ts';
import type { CostSettings } from './cost-settings.ts';
import { wordIssue } from './word-issue.ts';

export interface Config {
  readonly host: string;
  readonly port: number;
  readonly logLevel: string;
  readonly introspection: boolean;
  readonly explorer: boolean;
  /** Whether the accounts are the sandbox's, so that no real call can be placed. */
  readonly sandbox: boolean;
  /** Ports of the emulated carriers where these run; `accounts` is empty until `withAccounts` has theirs. */
  readonly sandboxPorts: SandboxPorts | undefined;
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

/**
 * The one place that reads the environment and the accounts file.
 *
 * @param given what stands in for the accounts file when `CALLS_CONFIG` names none
 * @param sandboxKeys keys of the accounts that the sandbox has, to be known before it runs
 * @throws ConfigError that names every problem at once
 */
export function readConfig(
  registry: Registry,
  given: unknown,
  env: Environment = process.env,
  sandboxKeys: readonly string[] = [],
): Config {
  const unread: Problem[] = [];
  const content = env.CALLS_CONFIG ? readAccountsFile(env.CALLS_CONFIG, env, unread) : given;
  const variables = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const vars = environment.safeParse(variables, { error: wordIssue });
  const checked = content === undefined ? undefined : fileSettings.safeParse(content, { error: wordIssue });
  const problems = [...listProblems(vars.error), ...listProblems(checked?.error)];
  const raw = toRecord(content);
  const isProduction = variables.NODE_ENV === 'production';
  const onSandbox = raw !== undefined && runsSandbox(raw, isProduction, problems);
  const limits = limitsSettings.safeParse(raw?.limits).data;
  const common = Object.freeze({ ...defaultLimits, ...present(limits) });
  const accounts = configureAccounts(raw?.accounts, registry, common, problems);
  const accountKeys = onSandbox ? sandboxKeys : listAccountKeys(raw?.accounts, unread);
  if (raw !== undefined) problems.push(...listContradictions(raw, variables, accountKeys));
  // What an unset variable has left of a value is wrong for no other reason.
  const others = problems.filter(({ path }) => !unread.some((each) => each.path === path));
  const all = [...unread, ...others];
  if (all.length > 0 || !vars.success || !checked?.success) throw new ConfigError(all);
  return Object.freeze({
    host: vars.data.HOST,
    port: vars.data.PORT,
    logLevel: vars.data.LOG_LEVEL,
    introspection: checked.data.introspection ?? !isProduction,
    explorer: checked.data.explorer ?? !isProduction,
    sandbox: onSandbox,
    sandboxPorts: onSandbox ? Object.freeze(checked.data.sandboxPorts ?? sandboxPorts.parse({})) : undefined,
    corsOrigins: Object.freeze(checked.data.cors?.origins ?? []),
    limits: common,
    access: checked.data.access ?? 'open',
    localOnly: Boolean(env.CALLS_CONFIG) && !onSandbox && checked.data.access === undefined,
    cost: checked.data.cost,
    store: checked.data.store,
    accounts,
  });
}

/**
 * A configuration for the sandbox with the accounts that it has once it listens.
 *
 * @throws ConfigError when one of them is not what its provider's settings are
 */
export function withAccounts(config: Config, registry: Registry, listed: readonly unknown[]): Config {
  const problems: Problem[] = [];
  const accounts = configureAccounts(listed, registry, config.limits, problems);
  if (problems.length > 0) throw new ConfigError(problems);
  return Object.freeze({ ...config, accounts });
}
