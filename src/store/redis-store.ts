import {
  closeRedis,
  connectRedis,
  type RedisConnection,
  reasonOf,
  redisTimeout,
} from './redis-connection.ts';
import type { Store } from './store.ts';
import { StoreFailure, StoreFull } from './store-failure.ts';

/**
 * `RedisStore.setIfAbsent` as a Lua script, which Redis runs atomically; `SET … NX GET` does the same only from Redis 7
 * on. A script that Redis starts after ARGV[3], by its own clock, does nothing: its caller has given up, and nobody would
 * place the call of the key that it leaves.
 */
const setIfAbsentScript = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if now > tonumber(ARGV[3]) then return redis.error_reply('LATE command') end
local present = redis.call('GET', KEYS[1])
if not present then redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2]) end
return { now, present }`;

/** Milliseconds before its caller's timeout by which a command must be carried out, since timers are inexact. */
const margin = 100;

/** After these errors the connection is replaced: commands on it would time out or be refused again. */
const fatalReasons = new Set(['TIMEOUT', 'READONLY', 'LATE']);

/**
 * A store in Redis, shared by several processes. Connects with the first command, and again with the next command
 * after the connection was lost; there is no background activity. Every method rejects with
 * `StoreFailure` within a few seconds when Redis cannot be reached.
 *
 * It is as durable as Redis: a key is lost if the primary that acknowledged it fails before it has replicated
 * it.
 */
export class RedisStore implements Store {
  readonly #url: string;
  #connection: RedisConnection | undefined;
  #connecting: Promise<RedisConnection> | undefined;
  #isClosed = false;

  /** @param url `redis://[user:password@]host[:port][/database]`, or `rediss:` for TLS */
  constructor(url: string) {
    this.#url = url;
  }

  async get(key: string): Promise<string | undefined> {
    return (await this.#run(({ redis }) => redis.get(key))) ?? undefined;
  }

  async setIfAbsent(key: string, value: string, timeToLive: number): Promise<string | undefined> {
    const set = () =>
      this.#run((connection) => setBeforeTimeout(connection, key, value, toWholeMilliseconds(timeToLive)));
    return set().catch((failure: StoreFailure) => {
      // Our estimate of Redis's clock is off. Nothing was done, and the next connection reads the time again.
      if (failure.reason === 'LATE') return set();
      throw failure;
    });
  }

  async set(key: string, value: string, timeToLive: number): Promise<void> {
    await this.#run(({ redis }) => redis.set(key, value, 'PX', toWholeMilliseconds(timeToLive)));
  }

  async delete(key: string): Promise<void> {
    await this.#run(({ redis }) => redis.del(key));
  }

  /** Closes the connection after the commands in progress. Later commands reject. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#connecting?.catch(() => undefined);
    if (this.#connection !== undefined) await closeRedis(this.#connection.redis);
  }

  async #run<T>(command: (connection: RedisConnection) => Promise<T>): Promise<T> {
    if (this.#isClosed) throw new StoreFailure('CLOSED');
    const connection = await this.#connected();
    try {
      return await command(connection);
    } catch (error) {
      const failure = toFailure(error);
      if (fatalReasons.has(failure.reason)) this.#drop(connection);
      throw failure;
    }
  }

  #drop(connection: RedisConnection): void {
    if (this.#connection === connection) this.#connection = undefined;
    void closeRedis(connection.redis);
  }

  async #connected(): Promise<RedisConnection> {
    if (this.#connection?.redis.status === 'ready') return this.#connection;
    this.#connecting ??= this.#connect().finally(() => {
      this.#connecting = undefined;
    });
    return this.#connecting;
  }

  async #connect(): Promise<RedisConnection> {
    this.#connection = await connectRedis(this.#url);
    return this.#connection;
  }
}

/** Runs `setIfAbsent` before its caller's timeout, or not at all. */
async function setBeforeTimeout(
  { redis, clock }: RedisConnection,
  ...given: [key: string, value: string, timeToLive: number]
): Promise<string | undefined> {
  const until = Math.floor(clock.now() + redisTimeout - margin);
  const answer = await redis.eval(setIfAbsentScript, 1, ...given, until);
  const [serverTime, present] = answer as [number, string | null];
  clock.set(serverTime);
  return present ?? undefined;
}

/** OOM is the error of a full Redis with `maxmemory-policy noeviction`; with any other policy it evicts keys. */
function toFailure(error: unknown): StoreFailure {
  const reason = reasonOf(error);
  return reason === 'OOM' ? new StoreFull() : new StoreFailure(reason);
}

/** Redis takes whole milliseconds above 0. */
function toWholeMilliseconds(timeToLive: number): number {
  return Math.max(1, Math.ceil(timeToLive));
}
