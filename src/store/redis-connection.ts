import type { Cluster, Redis, RedisOptions } from 'ioredis';
import { RedisClock, toMilliseconds } from './redis-clock.ts';
import { type Hazard, hazardOf } from './redis-hazard.ts';
import type { RedisSettings } from './redis-settings.ts';
import { StoreFailure } from './store-failure.ts';

/** Milliseconds to connect, and to wait for the answer to a command. */
export const redisTimeout = 1_000;

const keyPrefix = 'calls-graphql:';

/**
 * No command is queued, resent or delayed. A write that is carried out after its caller has given up would leave an
 * idempotency key whose call nobody places. One that is resent after a lost answer would find its own value and take
 * it for another caller's.
 */
const options: RedisOptions = {
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

/** The same for a cluster. Only what a node has refused is sent again, to the node that it names. */
const clusterOptions = {
  keyPrefix,
  lazyConnect: true,
  enableOfflineQueue: false,
  enableReadyCheck: false,
  clusterRetryStrategy: null,
  slotsRefreshTimeout: redisTimeout,
  retryDelayOnFailover: 0,
  retryDelayOnClusterDown: 0,
  retryDelayOnTryAgain: 0,
};

/** An open connection to Redis, or to all nodes of a cluster. */
export interface RedisConnection {
  readonly redis: Redis | Cluster;
  /** The clock of the server. */
  readonly clock: RedisClock;
  /** Why keys may be lost, as it was when the connection was opened. */
  readonly hazard: Hazard | undefined;
}

/**
 * Connects, logs in, reads the server's time and how it keeps keys. Loads ioredis only now, since that takes longer
 * than loading everything else at startup.
 *
 * @throws StoreFailure when any of it fails
 */
export async function connectRedis(settings: RedisSettings): Promise<RedisConnection> {
  const redis = await createClient(settings);
  let cause: unknown;
  // `connect` only rejects with "connection is closed"; the cause is emitted. Without a listener ioredis prints it.
  redis.on('error', (error) => {
    cause = error.lastNodeError ?? error;
  });
  try {
    await redis.connect();
    const clock = new RedisClock();
    // ioredis does not wait for AUTH and SELECT. They are answered before TIME, so their errors are known after it.
    clock.set(toMilliseconds(await redis.time()));
    if (cause !== undefined) throw cause;
    return { redis, clock, hazard: await hazardOf(redis) };
  } catch (error) {
    redis.disconnect();
    throw new StoreFailure(reasonOf(cause ?? error));
  }
}

async function createClient({ urls, cluster, sentinel }: RedisSettings): Promise<Redis | Cluster> {
  const { Cluster, Redis } = await import('ioredis');
  const [first = ''] = urls;
  if (!cluster && !sentinel) return new Redis(first, { ...options, keyPrefix });
  const hosts = urls.map((url) => toHost(url, sentinel === undefined ? 6379 : 26379));
  const { protocol, username, password, pathname } = new URL(first);
  const common: RedisOptions = {
    ...options,
    ...(username && { username: decodeURIComponent(username) }),
    ...(password && { password: decodeURIComponent(password) }),
    ...(protocol === 'rediss:' && { tls: {}, sentinelTLS: {}, enableTLSForSentinelMode: true }),
  };
  if (!sentinel) return new Cluster(hosts, { ...clusterOptions, redisOptions: common });
  return new Redis({
    ...common,
    keyPrefix,
    db: Number(pathname.slice(1)),
    sentinels: hosts,
    name: sentinel.name,
    ...(sentinel.username && { sentinelUsername: sentinel.username }),
    ...(sentinel.password && { sentinelPassword: sentinel.password }),
    updateSentinels: false,
    sentinelRetryStrategy: () => null,
    sentinelCommandTimeout: redisTimeout,
  });
}

function toHost(url: string, defaultPort: number): { host: string; port: number } {
  const { hostname, port } = new URL(url);
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || defaultPort) };
}

/** Closes the connection after the commands that are in progress on it, within `redisTimeout`. */
export async function closeRedis(redis: Redis | Cluster): Promise<void> {
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
