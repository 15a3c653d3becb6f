import { type Connection, connect, endOf, patience, reasonOf } from './redis-connection.ts';
import type { Store } from './store.ts';
import { StoreFailure, StoreFull } from './store-failure.ts';

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

/** By how much sooner than its caller gives up a command must be done: timers do not keep time to the millisecond. */
const margin = 100;

/** After these, the next command needs another connection: it would wait here in vain, or be refused for good. */
const final = new Set(['TIMEOUT', 'READONLY', 'LATE']);

/**
 * Keeps values in Redis, for several processes to share. Connects when it is first needed, and again
 * when needed after a connection was lost: there is no background activity. Every method rejects with
 * StoreFailure, and within a few seconds, when Redis is away.
 *
 * What Redis loses, this loses: a key acknowledged by a primary that dies before it has copied it to the
 * replica that takes over is gone.
 */
export class RedisStore implements Store {
  readonly #url: string;
  #connection: Connection | undefined;
  #connecting: Promise<Connection> | undefined;
  #isClosed = false;

  /** @param url `redis://[user:password@]host[:port][/database]`, or `rediss:` for TLS */
  constructor(url: string) {
    this.#url = url;
  }

  async get(key: string): Promise<string | undefined> {
    return (await this.#run(({ redis }) => redis.get(key))) ?? undefined;
  }

  async setIfAbsent(key: string, value: string, timeToLive: number): Promise<string | undefined> {
    const set = () => this.#run((connection) => setInTime(connection, key, value, whole(timeToLive)));
    return set().catch((failure: StoreFailure) => {
      // The clocks have gone apart. Nothing was done, and the next connection asks for the time anew.
      if (failure.reason === 'LATE') return set();
      throw failure;
    });
  }

  async set(key: string, value: string, timeToLive: number): Promise<void> {
    await this.#run(({ redis }) => redis.set(key, value, 'PX', whole(timeToLive)));
  }

  async delete(key: string): Promise<void> {
    await this.#run(({ redis }) => redis.del(key));
  }

  /** Lets commands under way end, then closes the connection; nothing can be asked after that. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#connecting?.catch(() => undefined);
    if (this.#connection !== undefined) await endOf(this.#connection.redis);
  }

  async #run<T>(command: (connection: Connection) => Promise<T>): Promise<T> {
    if (this.#isClosed) throw new StoreFailure('CLOSED');
    const connection = await this.#connected();
    try {
      return await command(connection);
    } catch (error) {
      const failure = toFailure(error);
      if (final.has(failure.reason)) this.#leave(connection);
      throw failure;
    }
  }

  #leave(connection: Connection): void {
    if (this.#connection === connection) this.#connection = undefined;
    void endOf(connection.redis);
  }

  async #connected(): Promise<Connection> {
    if (this.#connection?.redis.status === 'ready') return this.#connection;
    this.#connecting ??= this.#connect().finally(() => {
      this.#connecting = undefined;
    });
    return this.#connecting;
  }

  async #connect(): Promise<Connection> {
    this.#connection = await connect(this.#url);
    return this.#connection;
  }
}

/** Sets what is absent before its caller gives up, or not at all. */
async function setInTime(
  { redis, clock }: Connection,
  ...given: [key: string, value: string, timeToLive: number]
): Promise<string | undefined> {
  const until = Math.floor(clock.now() + patience - margin);
  const answer = await redis.eval(setIfAbsent, 1, ...given, until);
  const [shown, present] = answer as [number, string | null];
  clock.set(shown);
  return present ?? undefined;
}

/** What Redis says with `maxmemory-policy noeviction`; with any other it drops keys instead. */
function toFailure(error: unknown): StoreFailure {
  const reason = reasonOf(error);
  return reason === 'OOM' ? new StoreFull() : new StoreFailure(reason);
}

/** Redis takes whole milliseconds above 0. */
function whole(timeToLive: number): number {
  return Math.max(1, Math.ceil(timeToLive));
}
