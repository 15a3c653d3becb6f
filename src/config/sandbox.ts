import { z } from 'zod';
import type { Problem } from './problem.ts';

/**
 * Decides whether the emulated carriers run. They run if the file has no accounts. In production `sandbox: true`
 * is required as well, because a server whose file is missing must not appear to work.
 */
export function shouldRunSandbox(
  { accounts, sandbox, sandboxPorts }: Readonly<Record<string, unknown>>,
  isProduction: boolean,
  problems: Problem[],
): boolean {
  if (accounts !== undefined) {
    const message = 'has no effect together with `accounts`: the emulated carriers run only without accounts';
    if (sandbox === true) problems.push({ path: 'sandbox', message });
    if (sandboxPorts !== undefined) problems.push({ path: 'sandboxPorts', message });
    return false;
  }
  if (sandbox === true) return true;
  if (isProduction) {
    const message =
      'must be `true` for the emulated carriers to run where NODE_ENV is production; else give `accounts` in the file that CALLS_CONFIG names';
    problems.push({ path: 'sandbox', message });
  } else if (sandbox === false) {
    problems.push({ path: 'accounts', message: 'is missing, and `sandbox` is false' });
  }
  return !isProduction && sandbox !== false;
}

const port = z.int().min(0).max(65_535).default(0);

/** `sandboxPorts` of the file: the ports that the emulated carriers listen on. 0 picks a free port. */
export const sandboxPorts = z.strictObject({ bandwidth: port, connect: port, sbc: port });

export type SandboxPorts = Readonly<z.output<typeof sandboxPorts>>;

/** Lists ports of the emulated carriers that are used twice; `own` is the server's port. */
export function listDuplicatePorts(
  ports: Partial<SandboxPorts> | undefined,
  own: number | undefined,
): Problem[] {
  const taken = new Map<unknown, string>(own === undefined ? [] : [[own, 'PORT']]);
  return Object.entries(ports ?? {}).flatMap(([name, number]) => {
    if (number === 0) return [];
    const other = taken.get(number);
    const path = `sandboxPorts.${name}`;
    if (other !== undefined) return [{ path, message: `is ${other}'s port` }];
    taken.set(number, path);
    return [];
  });
}
