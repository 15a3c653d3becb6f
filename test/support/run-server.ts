import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pause } from './eventually.ts';
import { send } from './post.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The process that `npm start` runs, with all that it has printed so far. */
export interface RunningServer {
  readonly process: ChildProcess;
  /** Address of the GraphQL endpoint; empty when the process ended before it listened. */
  readonly url: string;
  /** Standard output, unless it goes elsewhere, and standard error. */
  output(): string;
  /** Sends SIGTERM; the exit code. */
  stop(): Promise<number | null>;
  /** The exit code; null when a signal ended it. */
  readonly ended: Promise<number | null>;
}

export interface RunOptions {
  /** The accounts file, as text or as what stands in it; without one the process runs on the sandbox. */
  readonly file?: object | string | undefined;
  readonly env?: Readonly<Record<string, string>>;
  /** The folder that holds `dist/bundle`; that of this package by default. */
  readonly folder?: string;
  /** What is run of it; the bundle by default. */
  readonly program?: string;
  /** Options of node's own. */
  readonly node?: readonly string[];
  /** A file descriptor for standard output, or a pipe that nobody reads; `PORT` must be set then. */
  readonly stdout?: number | 'unread' | undefined;
  /** Opens a channel for messages. */
  readonly ipc?: boolean;
}

const running = new Set<ChildProcess>();

/** Starts `dist/bundle/main.js` on a free port, and waits until it listens or has ended. */
export async function runServer(options: RunOptions = {}): Promise<RunningServer> {
  const { file, env = {}, folder = root, node = [], stdout, ipc = false } = options;
  const { program = 'dist/bundle/main.js' } = options;
  const temporary = mkdtempSync(join(tmpdir(), 'server-'));
  const path = join(temporary, 'accounts.yml');
  if (file !== undefined) writeFileSync(path, typeof file === 'string' ? file : JSON.stringify(file));
  const child = spawn(process.execPath, [...node, join(folder, program)], {
    env: { PATH: '', PORT: '0', ...(file !== undefined && { CALLS_CONFIG: path }), ...env },
    stdio: [
      'ignore',
      typeof stdout === 'number' ? stdout : 'pipe',
      'pipe',
      ...(ipc ? (['ipc'] as const) : []),
    ],
  });
  running.add(child);
  let text = '';
  const read = stdout === undefined ? [child.stdout, child.stderr] : [child.stderr];
  for (const stream of read) stream?.on('data', (chunk) => (text += chunk));
  const ended = once(child, 'close').then(([code]) => {
    running.delete(child);
    rmSync(temporary, { recursive: true });
    return code as number | null;
  });
  const addressOf = stdout === undefined ? () => printedIn(text) : () => answering(env.PORT);
  let url = await addressOf();
  while (url === undefined && child.exitCode === null) {
    await pause(10);
    url = await addressOf();
  }
  return {
    process: child,
    url: url ?? '',
    output: () => text,
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
    ended,
  };
}

/** Ends every process that still runs, whatever has become of the test that started it. */
export async function killServers(): Promise<void> {
  const all = [...running];
  for (const child of all) child.kill('SIGKILL');
  await Promise.all(all.map((child) => child.exitCode ?? child.signalCode ?? once(child, 'close')));
}

/** The line that says that it listens names the endpoint. */
function printedIn(output: string): string | undefined {
  return /http:\/\/[^\s"']+\/graphql/.exec(output)?.[0];
}

/** For a process whose output cannot be read. */
async function answering(port: string | undefined): Promise<string | undefined> {
  const origin = `http://127.0.0.1:${port}`;
  const isUp = await send(`${origin}/healthz`).then(
    ({ status }) => status === 200,
    () => false,
  );
  return isUp ? `${origin}/graphql` : undefined;
}
