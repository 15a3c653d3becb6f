import { setTimeout as pause } from 'node:timers/promises';
import type { Cluster, Redis } from 'ioredis';
import { createRedisClient } from './create-redis-client.ts';
import { reasonOf } from './redis-connection.ts';
import type { RedisSettings } from './redis-settings.ts';
import type { LogEntry, LogFollower } from './store.ts';

/** Milliseconds for which Redis waits for an entry before it answers that there is none. */
const block = 5_000;
/** Milliseconds that it has for this answer. A Redis that stands still gives none, and the connection is replaced. */
const readTimeout = block + 1_000;
/** Milliseconds between two attempts to connect. */
const retryInterval = 500;
/** Entries that are read at once. */
const count = 100;

/**
 * Reads what is appended to a log, on a connection of its own: commands behind `XREAD BLOCK` would wait for it. A lost
 * connection is replaced until the reader is closed.
 */
export class RedisLogReader {
  readonly #settings: RedisSettings;
  readonly #key: string;
  readonly #follower: LogFollower;
  #redis: Redis | Cluster | undefined;
  #isClosed = false;

  constructor(settings: RedisSettings, key: string, follower: LogFollower) {
    this.#settings = settings;
    this.#key = key;
    this.#follower = follower;
    void this.#run();
  }

  close(): void {
    this.#isClosed = true;
    this.#redis?.disconnect();
  }

  async #run(): Promise<void> {
    while (!this.#isClosed) {
      try {
        await this.#read();
      } catch (error) {
        if (this.#isClosed) return;
        this.#follower.onFailure(reasonOf(error));
        await pause(retryInterval, undefined, { ref: false });
      }
    }
  }

  async #read(): Promise<never> {
    const redis = await createRedisClient(this.#settings, { commandTimeout: readTimeout });
    this.#redis = redis;
    let cause: unknown;
    // `connect` only rejects with "connection is closed"; the cause is emitted. Without a listener ioredis prints it.
    redis.on('error', (error) => {
      cause = error.lastNodeError ?? error;
    });
    try {
      if (this.#isClosed) throw new Error('closed');
      await redis.connect();
      const [last] = await redis.xrevrange(this.#key, '+', '-', 'COUNT', 1);
      let after = this.#follower.onConnect(last && toEntry(last));
      for (;;) {
        const found = await redis.xread('COUNT', count, 'BLOCK', block, 'STREAMS', this.#key, after);
        const entries = (found?.[0]?.[1] ?? []).map(toEntry);
        after = entries.at(-1)?.id ?? after;
        if (entries.length > 0) this.#follower.onEntries(entries);
      }
    } catch (error) {
      throw cause ?? error;
    } finally {
      redis.disconnect();
    }
  }
}

/** An entry as Redis answers it. */
export function toEntry([id, [, value = '']]: [string, string[]]): LogEntry {
  return { id, value };
}
