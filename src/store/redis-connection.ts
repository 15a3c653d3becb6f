import type { Redis, RedisOptions } from 'ioredis';
import { RedisClock, toMilliseconds } from './redis-clock.ts';
import { StoreFailure } from './store-failure.ts';

/** Milliseconds for connecting, and as many for an answer. */
export const patience = 1_000;

/**
 * Nothing is ever queued, sent again, or attempted later: a `setIfAbsent` that came through after its
 * caller had given up would leave a key that nobody works on, and one repeated after a lost answer would
 * find its own value and take it for somebody else's.
 */
const options: RedisOptions = {
  keyPrefix: 'calls-graphql:',
  lazyConnect: true,
  connectTimeout: patience,
  commandTimeout: patience,
  keepAlive: 10_000,
  retryStrategy: null,
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
  enableReadyCheck: false,
  disableClientInfo: true,
};

export interface Connection {
  readonly redis: Redis;
  /** That of the server which was connected to. */
  readonly clock: RedisClock;
}

/**
 * Connects, logs in and asks for the time. The library is loaded here, since it takes longer than all else that
 * is loaded at the start.
 *
 * @throws StoreFailure
 */
export async function connect(url: string): Promise<Connection> {
  const { Redis } = await import('ioredis');
  const redis = new Redis(url, options);
  let cause: unknown;
  // `connect` itself only ever says that the connection is closed. Without a listener the library prints.
  redis.on('error', (error) => {
    cause = error;
  });
  try {
    await redis.connect();
    const clock = new RedisClock();
    // The answer comes after those to the password and the database: the library goes on without them.
    clock.set(toMilliseconds(await redis.time()));
    if (cause !== undefined) throw cause;
    return { redis, clock };
  } catch (error) {
    redis.disconnect();
    throw new StoreFailure(reasonOf(cause ?? error));
  }
}

/** Closes the connection once what is under way on it has ended, which takes no longer than the patience with it. */
export async function endOf(redis: Redis): Promise<void> {
  if (redis.status === 'ready') await redis.quit().catch(() => undefined);
  redis.disconnect();
}

/** The system's code, or the first word of Redis's own error; both are fixed words. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'UNKNOWN';
  if ('code' in error && typeof error.code === 'string') return error.code;
  if (error.message === 'Command timed out') return 'TIMEOUT';
  // Before Redis 7, what a script met with stands within the error.
  const within = /-(READONLY|OOM) /.exec(error.message)?.[1];
  return within ?? /^[A-Z]{3,}(?= )/.exec(error.message)?.[0] ?? 'CLOSED';
}
