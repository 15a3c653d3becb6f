/** Whether a store works and can be relied on; if not, why, and since when (RFC 3339). */
export type StoreHealth =
  | { readonly state: 'ok' }
  | { readonly state: 'degraded'; readonly code: string; readonly since: string };

/** Called with each change of a store's health. */
export type OnHealth = (health: StoreHealth) => void;

/** A key that must have no value, or no other than `value`. */
export interface Guard {
  readonly key: string;
  readonly value?: string;
}

/** What becomes of a key. */
export interface Write {
  readonly key: string;
  /**
   * The member that is written, if the value of the key is a map of texts: see `Store.members`. Beyond
   * `maxMembers`, all further ones are the member with the empty name.
   */
  readonly member?: string;
  /** Undefined removes the key or its member. */
  readonly value?: string | undefined;
  /**
   * Whether the value is appended to the log that the key has, for other processes to read: see `readLog`. A store of one
   * process ignores it.
   */
  readonly isAppended?: boolean;
  /** Milliseconds that the key, and the member or the entry of the log, are kept. */
  readonly timeToLive: number;
}

/** Writes that are done all or none. */
export interface Step {
  /** Nothing is written if one of these has a value. */
  readonly unless?: readonly Guard[];
  readonly writes: readonly Write[];
  /**
   * The share of a bounded store, from 0 up to 1, that must still be free afterwards. A store that does not know its
   * bounds ignores it.
   */
  readonly reserve?: number;
}

/** An entry of a log. Its id begins with the time in milliseconds: `1796048330068-0`. */
export interface LogEntry {
  readonly id: string;
  readonly value: string;
}

/** Who follows a log. */
export interface LogFollower {
  /**
   * Called with each connection to the store.
   *
   * @param last the last entry of the log, if there is one
   * @returns the id of the entry behind which to read on
   */
  onConnect(last: LogEntry | undefined): string;
  /** Called with the entries that have been appended, in order. */
  onEntries(entries: readonly LogEntry[]): void;
  /** Called with each connection that was lost, and each attempt to connect that has failed. */
  onFailure(reason: string): void;
}

/** Members of one key. */
export const maxMembers = 16;

/**
 * The key-value port behind all that outlives a request. Values are text. An entry is kept until its time to live is
 * over; nothing is evicted. A full store rejects writes with `StoreFull`. Every method may reject with `StoreFailure`.
 *
 * All keys of a step have the same part in braces, if any, so that a cluster has them on one node.
 */
export abstract class Store {
  abstract readonly health: StoreHealth;

  /** How many commands have failed, by the code of the failure. */
  abstract readonly failures: ReadonlyMap<string, number>;

  /** The value of the key, or undefined. */
  abstract get(key: string): Promise<string | undefined>;

  /**
   * Does one step, atomically.
   *
   * @returns the first guard that has a value, with that value; undefined when all was written
   * @throws StoreFull when there is no room
   */
  abstract write(step: Step): Promise<Required<Guard> | undefined>;

  /**
   * The oldest entries of a log that were appended after the one with this id, at most `count`. Absent from a store of one
   * process.
   */
  readLog?(key: string, after: string, count?: number): Promise<readonly LogEntry[]>;

  /** Tells a follower of all that is appended to a log until it is closed; absent from a store of one process. */
  follow?(key: string, follower: LogFollower): { close(): void };

  /** Runs a Lua script that writes keys which several processes share; absent from a store of one process. */
  run?(script: string, keys: readonly string[], values: readonly string[]): Promise<unknown>;

  /** Brings `health` up to date, now and each minute until the store is closed. Never rejects. */
  abstract watch(): Promise<void>;

  /** Releases connections and timers. */
  abstract close(): Promise<void>;

  /** The members of a key, by name. */
  async members(key: string): Promise<ReadonlyMap<string, string>> {
    const all: Record<string, [number, string]> = JSON.parse((await this.get(key)) ?? '{}');
    return new Map(Object.entries(all).map(([member, [, value]]) => [member, value]));
  }

  /** Writes a value unless the key has one, which is then returned and kept. */
  async setIfAbsent(
    key: string,
    value: string,
    timeToLive: number,
    reserve = 0,
  ): Promise<string | undefined> {
    const present = await this.write({ unless: [{ key }], writes: [{ key, value, timeToLive }], reserve });
    return present?.value;
  }

  /** Writes a value in any case, or removes it. */
  async set(key: string, value: string | undefined, timeToLive: number): Promise<void> {
    await this.write({ writes: [{ key, value, timeToLive }] });
  }
}
