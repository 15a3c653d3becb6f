import type { Cluster, Redis, RedisOptions } from 'ioredis';
import type { RedisSettings } from './redis-settings.ts';

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

/** A client that has not connected yet. Loads ioredis only now, since that takes longer than all else at startup. */
export async function createRedisClient(
  { urls, cluster, sentinel }: RedisSettings,
  changes: Pick<RedisOptions, 'commandTimeout'> = {},
): Promise<Redis | Cluster> {
  const { Cluster, Redis } = await import('ioredis');
  const [first = ''] = urls;
  if (!cluster && !sentinel) return new Redis(first, { ...options, ...changes, keyPrefix });
  const hosts = urls.map((url) => toHost(url, sentinel === undefined ? 6379 : 26379));
  const { protocol, username, password, pathname } = new URL(first);
  const common: RedisOptions = {
    ...options,
    ...changes,
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
