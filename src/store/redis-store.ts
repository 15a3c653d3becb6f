import type { Redis } from 'ioredis';
import { RedisClock } from './redis-clock.ts';
import { connect, endOf, patience, reasonOf } from './redis-connection.ts';
import type { Store } from './store.ts';
import { StoreFailure } from './store-failure.ts';

/**
 * In Lua, which Redis runs as one; `SET … NX GET` says the same from Redis 7 on only. What has waited for a
 * Redis that stood still is not done after ARGV[3], by its own clock: whoever asked for it has given up, and a
 * key would be left that nobody works on.
 */
const setIfAbsent = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if now > tonumber(ARGV[3]) then return redis.error_reply('LATE command') end
local present = redis.call('GET', KEYS[1])
if not present then redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2]) end
return { now, present }`;

/** After these, the next command needs another connection: it would wait here in vain, or be refused for good. */
const final = new Set(['TIMEOUT', 'READONLY', 'LATE']);

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
  readonly #clock = new RedisClock();
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
    const set = () => this.#run((redis) => this.#setInTime(redis, key, value, whole(timeToLive)));
    return set().catch((failure: StoreFailure) => {
      // A clock was set: nothing was done, and the next connection asks for the time anew.
      if (failure.reason === 'LATE') return set();
      throw failure;
    });
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
    if (redis !== undefined) await endOf(redis);
  }

  async #run<T>(command: (redis: Redis) => Promise<T>): Promise<T> {
    if (this.#isClosed) throw new StoreFailure('CLOSED');
    const redis = await this.#connected();
    try {
      return await command(redis);
    } catch (error) {
      const failure = new StoreFailure(reasonOf(error));
      if (final.has(failure.reason)) this.#leave(redis);
      throw failure;
    }
  }

  /** Done before its caller gives up, or not at all. */
  async #setInTime(redis: Redis, ...given: [key: string, value: string, timeToLive: number]) {
    const askedAt = performance.now();
    const until = Math.ceil(this.#clock.now() + patience);
    const answer = await redis.eval(setIfAbsent, 1, ...given, until);
    const [shown, present] = answer as [number, string | null];
    this.#clock.set(shown, askedAt);
    return present ?? undefined;
  }

  #leave(redis: Redis): void {
    if (this.#redis === redis) this.#redis = undefined;
    void endOf(redis);
  }

  async #connected(): Promise<Redis> {
    if (this.#redis?.status === 'ready') return this.#redis;
    this.#connecting ??= this.#connect().finally(() => {
      this.#connecting = undefined;
    });
    return this.#connecting;
  }

  async #connect(): Promise<Redis> {
    this.#redis = await connect(this.#url, this.#clock);
    return this.#redis;
  }
}

/** Redis takes whole milliseconds above 0. */
function whole(timeToLive: number): number {
  return Math.max(1, Math.ceil(timeToLive));
}
