import { createHash } from 'node:crypto';
import type { Cluster, Redis } from 'ioredis';
import { createRedisClient } from './create-redis-client.ts';
import { type Hazard, hazardOf } from './redis-hazard.ts';
import type { RedisSettings } from './redis-settings.ts';
import { StoreFailure } from './store-failure.ts';

/** An open connection to Redis, or to all nodes of a cluster. */
export class RedisConnection {
  readonly redis: Redis | Cluster;
  /** Why keys may be lost, as it was when the connection was opened. */
  readonly hazard: Hazard | undefined;
  /** By the part of a key that decides on its node; only one outside of a cluster. */
  readonly #clocks = new Map<string, RedisClock>();
  readonly #digests = new Map<string, string>();

  /** @param clock of the server, unless it is a cluster */
  constructor(redis: Redis | Cluster, hazard: Hazard | undefined, clock?: RedisClock) {
    this.redis = redis;
    this.hazard = hazard;
    if (clock !== undefined) this.#clocks.set('', clock);
  }

  /** The clock of the server that has the key. */
  async clockOf(key: string): Promise<RedisClock> {
    const part = this.redis.isCluster ? (/\{(.*?)\}/.exec(key)?.[1] ?? key) : '';
    const known = this.#clocks.get(part);
    if (known !== undefined) return known;
    const clock = new RedisClock();
    clock.set(toMilliseconds((await this.run("return redis.call('TIME')", [key], [])) as string[]));
    this.#clocks.set(part, clock);
    return clock;
  }

  /**
   * Runs a Lua script: by its digest, unless it is the first time. Servers that do not know it refuse the digest, and
   * get the script as well.
   */
  async run(script: string, keys: readonly string[], values: readonly string[]): Promise<unknown> {
    const digest = this.#digests.get(script);
    if (digest !== undefined) {
      try {
        return await this.redis.evalsha(digest, keys.length, ...keys, ...values);
      } catch (error) {
        if (reasonOf(error) !== 'NOSCRIPT') throw error;
      }
    }
    this.#digests.set(script, digest ?? createHash('sha1').update(script).digest('hex'));
    return this.redis.eval(script, keys.length, ...keys, ...values);
  }

  /** Closes it after the commands that are in progress, within `redisTimeout`. */
  async close(): Promise<void> {
    if (this.redis.status === 'ready') await this.redis.quit().catch(() => undefined);
    this.redis.disconnect();
  }
}

/**
 * The clock of the Redis server, extrapolated from the time in its latest answer. Milliseconds since the
 * epoch. Behind the server's by at most the time that this answer took to arrive.
 */
class RedisClock {
  #serverTime = 0;
  #receivedAt = 0;

  /** @param serverTime from an answer that has just arrived */
  set(serverTime: number): void {
    this.#serverTime = serverTime;
    this.#receivedAt = performance.now();
  }

  now(): number {
    return this.#serverTime + performance.now() - this.#receivedAt;
  }
}

/** Milliseconds from the answer of the command TIME: seconds since the epoch, and microseconds. */
function toMilliseconds([seconds, microseconds]: readonly (number | string)[]): number {
  return 1_000 * Number(seconds) + Math.floor(Number(microseconds) / 1_000);
}

/**
 * Connects, logs in and asks how the server keeps keys.
 *
 * @throws StoreFailure when any of it fails
 */
export async function connectRedis(settings: RedisSettings): Promise<RedisConnection> {
  const redis = await createRedisClient(settings);
  let cause: unknown;
  // `connect` only rejects with "connection is closed"; the cause is emitted. Without a listener ioredis prints it.
  redis.on('error', (error) => {
    cause = error.lastNodeError ?? error;
  });
  try {
    await redis.connect();
    const clock = new RedisClock();
    const readTime = redis.isCluster
      ? undefined
      : redis.time().then((time) => clock.set(toMilliseconds(time)));
    // ioredis does not wait for AUTH and SELECT. They are answered before these, so their errors are known after them.
    const [hazard] = await Promise.all([hazardOf(redis), readTime]);
    if (cause !== undefined) throw cause;
    return new RedisConnection(redis, hazard, redis.isCluster ? undefined : clock);
  } catch (error) {
    redis.disconnect();
    throw new StoreFailure(reasonOf(cause ?? error));
  }
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
