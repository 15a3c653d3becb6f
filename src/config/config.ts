import type { z } from 'zod';
import type { Limits } from '../calls/calls-adapter.ts';
import { isObject } from '../runtime/is-object.ts';
import type { AccessSettings } from './access-settings.ts';
import { type ConfiguredAccount, configureAccounts, type Registry } from './accounts.ts';
import { listAccountKeys, listContradictions } from './contradictions.ts';
import { type Environment, environment } from './environment.ts';
import { fileSettings } from './file-settings.ts';
import { defaultLimits, limitsSettings } from './limits.ts';
import type { Options } from './options.ts';
import { listProblems, type Problem } from './problem.ts';
import { readAccountsFile } from './read-accounts-file.ts';
import { type SandboxPorts, sandboxPorts, shouldRunSandbox } from './sandbox.ts';
import { withoutUndefined } from './without-undefined.ts';

export type { Environment };

/** The whole configuration, validated and frozen: the settings of the file, most of them as they are in it. */
export interface Config
  extends Readonly<Omit<z.output<typeof fileSettings>, 'accounts' | 'egress' | 'shutdown'>> {
  /** Path of the accounts file; undefined without one. */
  readonly file: string | undefined;
  readonly host: string;
  readonly port: number;
  readonly logLevel: string;
  readonly introspection: boolean;
  readonly explorer: boolean;
  /** Whether the page that shows calls is served, at /console. */
  readonly console: boolean;
  /** Whether the accounts are those of the sandbox, so that no real call can be placed. */
  readonly sandbox: boolean;
  /** Ports of the emulated carriers, if they run. `accounts` is then empty until `withAccounts` adds theirs. */
  readonly sandboxPorts: SandboxPorts | undefined;
  /** Origins that CORS allows; none by default. */
  readonly corsOrigins: readonly string[];
  readonly limits: Limits & { readonly requestsPerList: number };
  readonly access: AccessSettings;
  /** Whether only clients on this machine are served, because `access` is not configured. */
  readonly localOnly: boolean;
  /** The only hosts that callbacks of documents may name; undefined if they may name any. */
  readonly egressHosts: readonly string[] | undefined;
  /** Milliseconds between the signal to stop and the end of the service: see `main.ts`. */
  readonly shutdownDelay: number;
  readonly accounts: readonly ConfiguredAccount[];
}

/** In production, where a load balancer needs time to notice. Milliseconds. */
const defaultShutdownDelay = 5_000;

/** Thrown for an invalid configuration. Its message has one line for each problem, with the path. */
export class ConfigError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(({ path, message }) => `${path}: ${message}`).join('\n'));
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

/**
 * Reads the configuration from the environment and the accounts file. Nothing else reads either of them.
 *
 * @param given the content of the accounts file if `CALLS_CONFIG` is not set
 * @param sandboxKeys keys of the sandbox's accounts, needed to check `access` before the sandbox starts
 * @throws ConfigError that lists every problem
 */
export function readConfig(
  registry: Registry,
  given: unknown,
  env: Environment = process.env,
  sandboxKeys: readonly string[] = [],
): Config {
  const unset: Problem[] = [];
  const content = env.CALLS_CONFIG ? readAccountsFile(env.CALLS_CONFIG, env, unset) : given;
  const variables = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const vars = environment.safeParse(variables);
  const checked = content === undefined ? undefined : fileSettings.safeParse(content);
  const problems = [...listProblems(vars.error), ...listProblems(checked?.error)];
  const raw = isObject(content) ? content : undefined;
  const isProduction = variables.NODE_ENV === 'production';
  const onSandbox = raw !== undefined && shouldRunSandbox(raw, isProduction, problems);
  const limits = limitsSettings.safeParse(raw?.limits).data;
  const common = Object.freeze({ ...defaultLimits, ...withoutUndefined(limits) });
  const accounts = configureAccounts(raw?.accounts, registry, common, problems);
  const accountKeys = onSandbox ? sandboxKeys : listAccountKeys(raw?.accounts, unset);
  if (raw !== undefined) problems.push(...listContradictions(raw, variables, accountKeys));
  // A value with an unset variable in it is reported only once.
  const others = problems.filter(({ path }) => !unset.some((each) => each.path === path));
  const all = [...unset, ...others];
  if (all.length > 0 || !vars.success || !checked?.success) throw new ConfigError(all);
  const { egress, shutdown, ...settings } = checked.data;
  return Object.freeze({
    ...settings,
    file: env.CALLS_CONFIG || undefined,
    host: vars.data.HOST,
    port: vars.data.PORT,
    logLevel: vars.data.LOG_LEVEL,
    introspection: settings.introspection ?? !isProduction,
    explorer: settings.explorer ?? !isProduction,
    console: settings.console ?? !isProduction,
    sandbox: onSandbox,
    sandboxPorts: onSandbox ? Object.freeze(settings.sandboxPorts ?? sandboxPorts.parse({})) : undefined,
    corsOrigins: Object.freeze(settings.cors?.origins ?? []),
    limits: common,
    access: settings.access ?? 'open',
    localOnly: Boolean(env.CALLS_CONFIG) && !onSandbox && settings.access === undefined,
    egressHosts: egress?.allow,
    shutdownDelay: shutdown.delay ?? (isProduction ? defaultShutdownDelay : 0),
    accounts,
  });
}

/**
 * Validates the options of an API that is embedded. Of the environment only `NODE_ENV` counts.
 *
 * @throws ConfigError that lists every problem
 */
export function readOptions(
  registry: Registry,
  options: Options,
  sandboxKeys: readonly string[] = [],
  { NODE_ENV }: Environment = process.env,
): Config {
  return readConfig(registry, options, { NODE_ENV }, sandboxKeys);
}

/**
 * Adds the accounts of the sandbox, whose addresses are known once it listens.
 *
 * @throws ConfigError if an account does not match the settings of its provider
 */
export function withAccounts(config: Config, registry: Registry, listed: readonly unknown[]): Config {
  const problems: Problem[] = [];
  const accounts = configureAccounts(listed, registry, config.limits, problems);
  if (problems.length > 0) throw new ConfigError(problems);
  return Object.freeze({ ...config, accounts });
}
