import { z } from 'zod';
import type { Problem } from './config-file.ts';

const port = z.int().min(0).max(65_535).default(0);

/** Where the emulated carriers listen; 0 picks a free port. */
export const sandboxPorts = z.strictObject({ bandwidth: port, connect: port, sbc: port });

export type SandboxPorts = Readonly<z.output<typeof sandboxPorts>>;

/** What the accounts file says of the sandbox, and what decides with it. */
interface Said {
  readonly accounts?: unknown;
  readonly sandbox?: unknown;
  readonly sandboxPorts?: unknown;
}

/**
 * Whether the emulated carriers run: where the file has no accounts, in production only if it says so, since a missing
 * file would otherwise look like a server that works.
 */
export function runsSandbox(
  { accounts, sandbox, sandboxPorts }: Said,
  isProduction: boolean,
  problems: Problem[],
): boolean {
  if (accounts !== undefined) {
    const message = 'has no meaning beside `accounts`: the emulated carriers run where there are none';
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

/** Ports that are given twice. */
export function listSharedPorts(
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
