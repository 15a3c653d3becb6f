import { isObject } from '../runtime/is-object.ts';
import { listUnknownAccounts } from './access-settings.ts';
import { type Environment, environment } from './environment.ts';
import { isLoopback } from './is-loopback.ts';
import { limitsSettings, listIneffectiveTimeouts } from './limits.ts';
import type { Problem } from './problem.ts';
import { listDuplicatePorts, sandboxPorts } from './sandbox.ts';

/**
 * Lists settings that are valid each by itself but not together. They are checked even if the file or the
 * environment has other errors, so that one start reports all of them.
 *
 * @param file as read, before validation
 * @param variables the environment without its empty variables
 * @param accountKeys undefined if the keys of the accounts cannot be determined
 */
export function listContradictions(
  file: Readonly<Record<string, unknown>>,
  variables: Environment,
  accountKeys: readonly string[] | undefined,
): Problem[] {
  const { HOST, PORT } = environment.shape;
  const limits = limitsSettings.safeParse(file.limits ?? {}).data ?? {};
  const ports = sandboxPorts.safeParse(file.sandboxPorts).data;
  return [
    ...listIneffectiveTimeouts(limits, 'limits'),
    ...listDuplicatePorts(ports, PORT.safeParse(variables.PORT).data),
    ...(accountKeys === undefined ? [] : listUnknownAccounts(file.access, accountKeys)),
    ...listOpenAddress(HOST.safeParse(variables.HOST).data, file.access),
  ];
}

/** An address that other machines can reach needs `access`. */
function listOpenAddress(host: string | undefined, access: unknown): Problem[] {
  if (host === undefined || isLoopback(host) || access !== undefined) return [];
  const message = `${host} is reachable by others; give \`access\` rules in the accounts file, or say \`access: open\` if they may all use it`;
  return [{ path: 'HOST', message }];
}

/**
 * Lists the keys of the accounts in the file, even if the accounts have other errors. Undefined if one of
 * them depends on an environment variable that is not set.
 */
export function listAccountKeys(accounts: unknown, unset: readonly Problem[]): string[] | undefined {
  const isUnknown = unset.some(({ path }) => /^accounts(\[\d+\](\.key)?)?$/.test(path));
  if (isUnknown || !Array.isArray(accounts)) return undefined;
  return accounts.map((each) => String(isObject(each) ? each.key : undefined));
}
