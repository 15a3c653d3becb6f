import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pause } from './ask.ts';

const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** The process that `npm start` runs, with all that it has printed so far. */
export interface Running {
  readonly process: ChildProcess;
  /** Of the GraphQL endpoint. */
  readonly url: string;
  output(): string;
  /** Asks it to end, and tells how it did. */
  stop(): Promise<number | null>;
  ended: Promise<number | null>;
}

/** @param file the accounts file, as text or as what stands in it */
export async function run(
  file: object | string,
  env: Readonly<Record<string, string>> = {},
): Promise<Running> {
  const folder = mkdtempSync(join(tmpdir(), 'faults-'));
  const path = join(folder, 'accounts.yml');
  writeFileSync(path, typeof file === 'string' ? file : JSON.stringify(file));
  const child = spawn(process.execPath, [main], {
    env: { PATH: '', PORT: '0', CALLS_CONFIG: path, ...env },
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += chunk));
  const ended = once(child, 'close').then(([code]) => {
    rmSync(folder, { recursive: true });
    return code as number | null;
  });
  const address = () => /http:\/\/\S+\/graphql/.exec(text)?.[0];
  while (address() === undefined && child.exitCode === null) await pause(10);
  return {
    process: child,
    url: address() ?? '',
    output: () => text,
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
    ended,
  };
}
