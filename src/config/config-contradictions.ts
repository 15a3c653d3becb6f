import { listUnknownAccounts } from './access-settings.ts';
import { toRecord } from './config-accounts.ts';
import { environment } from './config-environment.ts';
import type { Problem } from './config-file.ts';
import { limitsSettings, listUselessTimes } from './config-limits.ts';
import { listSharedPorts, sandboxPorts } from './config-sandbox.ts';
import { isLoopback } from './is-loopback.ts';

/**
 * Settings that are each well-formed and cannot be meant together. Whatever else is wrong with the file or the
 * environment, they are looked at, so that one start tells every problem.
 *
 * @param file as it was read
 * @param variables of the environment, those that are empty left out
 * @param accountKeys undefined where the accounts cannot be told
 */
export function listContradictions(
  file: Readonly<Record<string, unknown>>,
  variables: Readonly<Record<string, string | undefined>>,
  accountKeys: readonly string[] | undefined,
): Problem[] {
  const { HOST, PORT } = environment.shape;
  const limits = limitsSettings.safeParse(file.limits ?? {}).data ?? {};
  const ports = sandboxPorts.safeParse(file.sandboxPorts).data;
  return [
    ...listUselessTimes(limits, 'limits'),
    ...listSharedPorts(ports, PORT.safeParse(variables.PORT).data),
    ...(accountKeys === undefined ? [] : listUnknownAccounts(file.access, accountKeys)),
    ...listOpenAddress(HOST.safeParse(variables.HOST).data, file.access),
  ];
}

function listOpenAddress(host: string | undefined, access: unknown): Problem[] {
  if (host === undefined || isLoopback(host) || access !== undefined) return [];
  const message = `${host} is reachable by others; give \`access\` rules in the accounts file, or say \`access: open\` if they may all use it`;
  return [{ path: 'HOST', message }];
}

/** The keys that the file lists, whatever else is wrong with its accounts; undefined where one is still unknown. */
export function listAccountKeys(accounts: unknown, unread: readonly Problem[]): string[] | undefined {
  const isUnknown = unread.some(({ path }) => /^accounts(\[\d+\](\.key)?)?$/.test(path));
  if (isUnknown || !Array.isArray(accounts)) return undefined;
  return accounts.map((each) => String(toRecord(each)?.key));
}
