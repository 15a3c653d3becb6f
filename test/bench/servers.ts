import { once } from 'node:events';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { accountsFile } from './accounts-file.ts';
import { accessKey } from './operations.ts';
import { portOf, ServerProcess } from './server-process.ts';

export const servers = [
  'pass-through',
  'rest',
  'apollo',
  'mercurius',
  'facade',
  'with metrics',
  'embedded',
] as const;
export type ServerName = (typeof servers)[number];

export interface Running {
  readonly name: ServerName;
  readonly process: ServerProcess;
  readonly origin: string;
  readonly speaksGraphQL: boolean;
  /** Milliseconds from the start of the process to its first answer, or to when it says it listens. */
  readonly ready: number;
}

export interface Upstream {
  readonly process: ServerProcess;
  readonly origin: string;
}

/** The upstream, in a process of its own, which waits so many milliseconds before each answer. */
export async function startUpstream(latency: number): Promise<Upstream> {
  const process = new ServerProcess({ program: 'upstream/main.js', arguments: [String(latency)] });
  return { process, origin: `http://127.0.0.1:${await portOf(process)}` };
}

/** @param node options of node's own for the facade, such as `--cpu-prof` */
export async function startServer(
  name: ServerName,
  upstream: string,
  node: readonly string[] = [],
): Promise<Running> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const file = join(folder, 'accounts.yml');
  const metrics = name === 'with metrics' && { metrics: { port: await freePort() } };
  writeFileSync(file, JSON.stringify({ ...accountsFile(upstream), ...metrics }));
  const environment = { CALLS_CONFIG: file, NODE_ENV: 'production' };
  if (name === 'facade' || metrics) return { ...(await startFacade(environment, folder, node)), name };
  const began = performance.now();
  const process = new ServerProcess({
    program: `yardsticks/${name}.js`,
    arguments: [upstream],
    environment,
    folder,
    ...(name === 'embedded' && { log: join(folder, 'log'), node: [...ofStart(), ...node] }),
  });
  const origin = `http://127.0.0.1:${await portOf(process)}`;
  const speaksGraphQL = name !== 'pass-through' && name !== 'rest';
  return { name, process, origin, speaksGraphQL, ready: performance.now() - began };
}

/** The options that `npm start` gives to node. */
function ofStart(): readonly string[] {
  const { scripts } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  const words: readonly string[] = scripts.start.split(' ');
  return [...new Set(words.filter((word) => word.startsWith('--')))];
}

/** As users start it: `npm start` with an accounts file that has keys and limits, its log in a file. */
async function startFacade(
  environment: Readonly<Record<string, string>>,
  folder: string,
  node: readonly string[],
): Promise<Running> {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const began = performance.now();
  const process = new ServerProcess({
    program: '../bundle/main.js',
    environment: { ...environment, PORT: String(port) },
    log: join(folder, 'log'),
    folder,
    node: [...ofStart(), ...node],
  });
  await firstAnswer(`${origin}/graphql`);
  return { name: 'facade', process, origin, speaksGraphQL: true, ready: performance.now() - began };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

/** Asks until there is an answer, for ten seconds at most. */
async function firstAnswer(url: string): Promise<void> {
  const headers = { 'content-type': 'application/json', 'x-api-key': accessKey };
  const body = JSON.stringify({ query: '{ accounts { id } }' });
  for (let tries = 0; tries < 2_000; tries += 1) {
    const isThere = await fetch(url, { method: 'POST', headers, body }).then(
      async (response) => response.ok && (await response.text()) !== '',
      () => false,
    );
    if (isThere) return;
    await sleep(5);
  }
  throw new Error(`${url} does not answer`);
}
