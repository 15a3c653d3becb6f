import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { RedisStore } from '../../src/store/redis-store.ts';
import type { Store } from '../../src/store/store.ts';
import { StoreFailure } from '../../src/store/store-failure.ts';
import { startRedis } from '../support/redis-server.ts';

/** A time to live, in milliseconds, that no test outlasts. */
export const long = 60_000;

/** A store that is closed after the test. */
export function storeAt(url: string): RedisStore {
  return closedAfterTest(new RedisStore({ urls: [url] }));
}

/** Closes a store after the test. */
export function closedAfterTest<T extends Store>(store: T): T {
  onTestFinished(() => store.close());
  return store;
}

/** A server that ends with the test. */
export async function ownRedis(...[port, ...args]: Parameters<typeof startRedis>) {
  const redis = await startRedis(port, ...args);
  onTestFinished(redis.stop);
  return redis;
}

/** A connection of its own to look at the server by, which ends with the test. */
export async function adminOf(url: string) {
  const { Redis } = await import('ioredis');
  const admin = new Redis(url).on('error', () => undefined);
  onTestFinished(() => admin.disconnect());
  return admin;
}

/** Takes connections and does with them as it is told; the port is freed with the test. */
export async function listen(onConnect: (socket: Socket) => void): Promise<string> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket.on('error', () => undefined));
    onConnect(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `redis://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Why a command failed, and after how many milliseconds. */
export async function failureOf(command: Promise<unknown>) {
  const began = performance.now();
  const error = await command.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof StoreFailure)) throw new Error('It should have failed.', { cause: error });
  return { error, reason: error.reason, took: performance.now() - began };
}
