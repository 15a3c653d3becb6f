import type { Redis, RedisOptions } from 'ioredis';
import { RedisClock, toMilliseconds } from './redis-clock.ts';
import { StoreFailure } from './store-failure.ts';

/** Milliseconds to connect, and to wait for the answer to a command. */
export const redisTimeout = 1_000;

/**
 * No command is queued, resent or delayed. A `setIfAbsent` that is carried out after its caller has given up would
 * leave a key whose call nobody places. One that is resent after a lost answer would find its own value and
 * take it for another caller's.
 */
const options: RedisOptions = {
  keyPrefix: 'calls-graphql:',
  lazyConnect: true,
  connectTimeout: redisTimeout,
  commandTimeout: redisTimeout,
  keepAlive: 10_000,
  retryStrategy: null,
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
  enableReadyCheck: false,
  disableClientInfo: true,
};

/** An open connection to Redis. */
export interface RedisConnection {
  readonly redis: Redis;
  /** The clock of this server. */
  readonly clock: RedisClock;
}

/**
 * Connects, logs in and reads the server's time. Loads ioredis only now, since that takes longer than loading
 * everything else at startup.
 *
 * @throws StoreFailure when any of it fails
 */
export async function connectRedis(url: string): Promise<RedisConnection> {
  const { Redis } = await import('ioredis');
  const redis = new Redis(url, options);
  let cause: unknown;
  // `connect` only rejects with "connection is closed"; the cause is emitted. Without a listener ioredis prints it.
  redis.on('error', (error) => {
    cause = error;
  });
  try {
    await redis.connect();
    const clock = new RedisClock();
    // ioredis does not wait for AUTH and SELECT. They are answered before TIME, so their errors are known after it.
    clock.set(toMilliseconds(await redis.time()));
    if (cause !== undefined) throw cause;
    return { redis, clock };
  } catch (error) {
    redis.disconnect();
    throw new StoreFailure(reasonOf(cause ?? error));
  }
}

/** Closes the connection after the commands that are in progress on it, within `redisTimeout`. */
export async function closeRedis(redis: Redis): Promise<void> {
  if (redis.status === 'ready') await redis.quit().catch(() => undefined);
  redis.disconnect();
}

/** The code of a system error, or the first word of an error of Redis: one of a fixed set in both cases. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'UNKNOWN';
  if ('code' in error && typeof error.code === 'string') return error.code;
  if (error.message === 'Command timed out') return 'TIMEOUT';
  // Before Redis 7, the error of a command in a script is quoted within the message.
  const inner = /-(READONLY|OOM) /.exec(error.message)?.[1];
  return inner ?? /^[A-Z]{3,}(?= )/.exec(error.message)?.[0] ?? 'CLOSED';
}
