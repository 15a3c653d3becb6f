import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
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
  if (port !== undefined) return startRedisOn(port, args);
  for (let attempt = 1; ; attempt++) {
    try {
      return await startRedisOn(await freePort(), args);
    } catch (error) {
      // Another test file has taken the port since it was found to be free.
      if (attempt === 5 || !String(error).includes('Address already in use')) throw error;
    }
  }
}

async function startRedisOn(port: number, args: readonly string[]): Promise<OwnRedis> {
  const folder = mkdtempSync(join(tmpdir(), 'calls-redis-'));
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder];
  // A sentinel needs a file to write to, and takes no `save`.
  const file = join(folder, 'redis.conf');
  writeFileSync(file, args.includes('--sentinel') ? '' : 'save ""\n');
  const child = spawn('redis-server', [file, ...settings, ...args], { stdio: ['ignore', 'pipe', 'ignore'] });
  await isReady(child);
  return {
    url: `redis://127.0.0.1:${port}`,
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

/** How far above its port a node of a cluster listens for the other nodes. */
const busOffset = 10_000;

/**
 * A port that is free, and so is that of its cluster bus. Both are below 32,768, from where on
 * systems take the ports of outgoing connections: one of these may hold any port there at any time.
 */
async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(10_000, 32_768 - busOffset);
    if ((await isFree(port)) && (await isFree(port + busOffset))) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const listening = new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => resolve(true));
  });
  if (!(await listening)) return false;
  server.close();
  await once(server, 'close');
  return true;
}
