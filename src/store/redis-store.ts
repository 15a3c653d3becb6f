import type { Redis, RedisOptions } from 'ioredis';
import type { Store } from './store.ts';
import { StoreFailure } from './store-failure.ts';

/** Milliseconds for connecting, and as many for an answer. */
const patience = 1_000;

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
  // Closes a connection on which nothing comes back, so that the next command finds out at once.
  socketTimeout: patience,
  keepAlive: 10_000,
  retryStrategy: null,
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
  enableReadyCheck: false,
  disableClientInfo: true,
};

/** In Lua, which Redis runs as one: `SET … NX GET` says the same from Redis 7 on only. */
const setIfAbsent = `
local present = redis.call('GET', KEYS[1])
if present then return present end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return false`;

/**
 * Keeps values in Redis, for several processes to share. Connects when it is first needed, and again
 * when needed after a connection was lost: there is no background activity. Every method rejects with
 * StoreFailure, and within two seconds, when Redis is away.
 *
 * What Redis loses, this loses: a key acknowledged by a primary that dies before it has copied it to the
 * replica that takes over is gone.
 */
export class RedisStore implements Store {
  readonly #url: string;
  #redis: Redis | undefined;
  #connecting: Promise<Redis> | undefined;
  #isClosed = false;

  /** @param url `redis://[user:password@]host[:port][/database]`, or `rediss:` for TLS */
  constructor(url: string) {
    this.#url = url;
  }

  async get(key: string): Promise<string | undefined> {
    return (await this.#run((redis) => redis.get(key))) ?? undefined;
  }

  async setIfAbsent(key: string, value: string, timeToLive: number): Promise<string | undefined> {
    const present = await this.#run((redis) => redis.eval(setIfAbsent, 1, key, value, whole(timeToLive)));
    return typeof present === 'string' ? present : undefined;
  }

  async set(key: string, value: string, timeToLive: number): Promise<void> {
    await this.#run((redis) => redis.set(key, value, 'PX', whole(timeToLive)));
  }

  async delete(key: string): Promise<void> {
    await this.#run((redis) => redis.del(key));
  }

  /** Lets commands under way end, then closes the connection; nothing can be asked after that. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const redis = this.#redis ?? (await this.#connecting?.catch(() => undefined));
    if (redis?.status === 'ready') await redis.quit().catch(() => undefined);
    redis?.disconnect();
  }

  async #run<T>(command: (redis: Redis) => Promise<T>): Promise<T> {
    if (this.#isClosed) throw new StoreFailure('CLOSED');
    const redis = await this.#connected();
    try {
      return await command(redis);
    } catch (error) {
      const failure = new StoreFailure(reasonOf(error));
      // Another server has become the primary, and this one will refuse for good.
      if (failure.reason === 'READONLY') redis.disconnect();
      throw failure;
    }
  }

  async #connected(): Promise<Redis> {
    if (this.#redis?.status === 'ready') return this.#redis;
    this.#connecting ??= this.#connect().finally(() => {
      this.#connecting = undefined;
    });
    return this.#connecting;
  }

  /** The library is loaded here, since it takes longer than all else that is loaded at the start. */
  async #connect(): Promise<Redis> {
    const { Redis } = await import('ioredis');
    const redis = new Redis(this.#url, options);
    let cause: unknown;
    // `connect` itself only ever says that the connection is closed. Without a listener the library prints.
    redis.on('error', (error) => {
      cause = error;
    });
    try {
      await redis.connect();
      // The answer comes after those to the password and the database: the library goes on without them.
      await redis.ping();
      if (cause !== undefined) throw cause;
    } catch (error) {
      redis.disconnect();
      throw new StoreFailure(reasonOf(cause ?? error));
    }
    this.#redis = redis;
    return redis;
  }
}

/** Redis takes whole milliseconds above 0. */
function whole(timeToLive: number): number {
  return Math.max(1, Math.ceil(timeToLive));
}

/** The system's code, or the first word of Redis's own error; both are fixed words. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'UNKNOWN';
  if ('code' in error && typeof error.code === 'string') return error.code;
  if (error.message === 'Command timed out') return 'TIMEOUT';
  return /^[A-Z]{3,}(?= )/.exec(error.message)?.[0] ?? 'CLOSED';
}
