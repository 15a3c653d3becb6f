import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether a server of our own can be started, which may then be stopped, too. */
export const hasOwnRedis = spawnSync('redis-server', ['--version']).status === 0;

const given = process.env.REDIS_URL;
export const hasRedis = hasOwnRedis || given !== undefined;
export const unlessNoRedis = '(skipped where no redis-server is on the PATH and REDIS_URL is not set)';
export const unlessNoOwnRedis = '(skipped where no redis-server is on the PATH)';

export interface RunningRedis {
  readonly url: string;
  stop(): Promise<void>;
}

/** One of our own, which can be made to stand still: what it is sent meanwhile waits for it. */
export interface OwnRedis extends RunningRedis {
  freeze(): void;
  thaw(): void;
}

/** The server that REDIS_URL names, else one of our own. */
export async function someRedis(): Promise<RunningRedis> {
  return given === undefined ? startRedis() : { url: given, stop: async () => undefined };
}

/** An empty server that keeps nothing; on a free port unless one is given. */
export async function startRedis(port?: number, ...args: string[]): Promise<OwnRedis> {
  const folder = mkdtempSync(join(tmpdir(), 'calls-redis-'));
  const chosen = port ?? (await freePort());
  const settings = ['--port', String(chosen), '--bind', '127.0.0.1', '--dir', folder];
  // A sentinel needs a file to write to, and takes no `save`.
  const file = join(folder, 'redis.conf');
  writeFileSync(file, args.includes('--sentinel') ? '' : 'save ""\n');
  const child = spawn('redis-server', [file, ...settings, ...args], { stdio: ['ignore', 'pipe', 'ignore'] });
  await isReady(child);
  return {
    url: `redis://127.0.0.1:${chosen}`,
    freeze: () => child.kill('SIGSTOP'),
    thaw: () => child.kill('SIGCONT'),
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGKILL');
        await once(child, 'exit');
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function isReady(child: ChildProcess): Promise<void> {
  let text = '';
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (chunk) => {
      text += chunk;
      if (/Ready to accept connections|Sentinel ID is/.test(text)) resolve();
    });
    child.once('exit', () => reject(new Error(`redis-server ended: ${text}`)));
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
