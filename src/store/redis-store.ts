import {
  closeRedis,
  connectRedis,
  type RedisConnection,
  reasonOf,
  redisTimeout,
} from './redis-connection.ts';
import { type Hazard, hazardOf } from './redis-hazard.ts';
import type { RedisSettings } from './redis-settings.ts';
import type { OnHealth, Store, StoreHealth } from './store.ts';
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

/** Milliseconds between two checks by `watch`. */
const checkInterval = 60_000;

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
  readonly #settings: RedisSettings;
  readonly #onHealth: OnHealth;
  #connection: RedisConnection | undefined;
  #connecting: Promise<RedisConnection> | undefined;
  #isClosed = false;
  #timer: NodeJS.Timeout | undefined;
  #hazard: Hazard | undefined;
  #health: StoreHealth = { state: 'ok' };

  constructor(settings: RedisSettings, onHealth: OnHealth = () => undefined) {
    this.#settings = settings;
    this.#onHealth = onHealth;
  }

  /** Degraded by the reason of the latest failure, until a write succeeds, or by a `Hazard`. */
  get health(): StoreHealth {
    return this.#health;
  }

  async watch(): Promise<void> {
    this.#timer ??= setInterval(() => void this.#check(), checkInterval).unref();
    await this.#check();
  }

  async #check(): Promise<void> {
    await this.#run(async ({ redis }) => {
      this.#hazard = await hazardOf(redis);
      this.#report(this.#hazard);
    }).catch(() => undefined);
  }

  async get(key: string): Promise<string | undefined> {
    return (await this.#run(({ redis }) => redis.get(key))) ?? undefined;
  }

  async setIfAbsent(key: string, value: string, timeToLive: number): Promise<string | undefined> {
    const set = () =>
      this.#run((connection) => {
        // Nothing would keep the call of a key that gets lost from being placed again.
        if (this.#settings.strict && this.#hazard !== undefined) throw new StoreFailure(this.#hazard);
        return setBeforeTimeout(connection, key, value, toWholeMilliseconds(timeToLive));
      }, true);
    return set().catch((failure: StoreFailure) => {
      // Our estimate of Redis's clock is off. Nothing was done, and the next connection reads the time again.
      if (failure.reason === 'LATE') return set();
      throw failure;
    });
  }

  async set(key: string, value: string, timeToLive: number): Promise<void> {
    await this.#run(({ redis }) => redis.set(key, value, 'PX', toWholeMilliseconds(timeToLive)), true);
  }

  async delete(key: string): Promise<void> {
    await this.#run(({ redis }) => redis.del(key));
  }

  /** Closes the connection after the commands in progress. Later commands reject. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#timer);
    await this.#connecting?.catch(() => undefined);
    if (this.#connection !== undefined) await closeRedis(this.#connection.redis);
  }

  /** @param isWrite whether its success shows that the store works */
  async #run<T>(command: (connection: RedisConnection) => Promise<T>, isWrite = false): Promise<T> {
    if (this.#isClosed) throw new StoreFailure('CLOSED');
    let connection: RedisConnection | undefined;
    try {
      connection = await this.#connected();
      const answer = await command(connection);
      if (isWrite) this.#report(this.#hazard);
      return answer;
    } catch (error) {
      const failure = error instanceof StoreFailure ? error : toFailure(error);
      if (!(failure instanceof StoreFull)) this.#report(failure.reason);
      if (connection !== undefined && fatalReasons.has(failure.reason)) this.#drop(connection);
      throw failure;
    }
  }

  #report(code: string | undefined): void {
    const before = this.#health;
    if (code === (before.state === 'ok' ? undefined : before.code)) return;
    this.#health =
      code === undefined ? { state: 'ok' } : { state: 'degraded', code, since: new Date().toISOString() };
    this.#onHealth(this.#health);
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
    const connection = await connectRedis(this.#settings);
    this.#connection = connection;
    this.#hazard = connection.hazard;
    this.#report(this.#hazard);
    return connection;
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
