import { redisTimeout } from './create-redis-client.ts';
import { HealthReport } from './health-report.ts';
import { connectRedis, type RedisConnection, reasonOf } from './redis-connection.ts';
import { type Hazard, hazardOf } from './redis-hazard.ts';
import { RedisLogReader } from './redis-log-reader.ts';
import type { RedisSettings } from './redis-settings.ts';
import {
  type Guard,
  type LogEntry,
  type LogFollower,
  type OnHealth,
  type Step,
  Store,
  type StoreHealth,
} from './store.ts';
import { StoreFailure, StoreFull } from './store-failure.ts';
import { toScriptInput, writeScript } from './write-script.ts';

/** Milliseconds before its caller's timeout by which a command must be carried out, since timers are inexact. */
const margin = 100;
/** Entries of a log that are read at once. */
const logPage = 500;
/** Milliseconds between two checks by `watch`. */
const checkInterval = 60_000;

/** After these errors the connection is replaced: commands on it would time out or be refused again. */
const fatalReasons = new Set(['TIMEOUT', 'READONLY', 'LATE']);
/** Only a write can tell that these are over. */
const writeReasons = new Set(['READONLY', 'FULL']);

/**
 * A store in Redis, shared by several processes. Connects with the first command, and again with the next command after
 * the connection was lost. Every method rejects with `StoreFailure` within a few seconds when Redis cannot be reached.
 *
 * It is as durable as Redis: a key is lost if the primary that acknowledged it fails before it has replicated it.
 */
export class RedisStore extends Store {
  readonly #settings: RedisSettings;
  readonly #health: HealthReport;
  #connection: RedisConnection | undefined;
  #connecting: Promise<RedisConnection> | undefined;
  #isClosed = false;
  #timer: NodeJS.Timeout | undefined;
  #hazard: Hazard | undefined;

  constructor(settings: RedisSettings, onHealth: OnHealth = () => undefined) {
    super();
    this.#settings = settings;
    this.#health = new HealthReport(onHealth);
  }

  /** Degraded by the reason of the latest failure, until a write succeeds, or by a `Hazard`. */
  get health(): StoreHealth {
    return this.#health.current;
  }

  override get failures(): ReadonlyMap<string, number> {
    return this.#health.failures;
  }

  async watch(): Promise<void> {
    this.#timer ??= setInterval(() => void this.#check(), checkInterval).unref();
    await this.#check();
  }

  async #check(): Promise<void> {
    await this.#run(async ({ redis }) => {
      this.#hazard = await hazardOf(redis);
      this.#reportAnswer();
    }).catch(() => undefined);
  }

  async get(key: string): Promise<string | undefined> {
    return (await this.#run(({ redis }) => redis.get(key))) ?? undefined;
  }

  async write(step: Step): Promise<Required<Guard> | undefined> {
    const write = () => this.#run((connection) => this.#write(connection, step));
    return write().catch((failure: StoreFailure) => {
      // Our estimate of Redis's clock is off. Nothing was done, and the next connection reads the time again.
      if (failure.reason === 'LATE') return write();
      throw failure;
    });
  }

  override async readLog(key: string, after: string, count = logPage): Promise<readonly LogEntry[]> {
    const [milliseconds, sequence] = after.split('-').map(Number);
    const next = `${milliseconds}-${(sequence ?? 0) + 1}`;
    const entries = await this.#run(({ redis }) => redis.xrange(key, next, '+', 'COUNT', count));
    return entries.map(([id, [, value = '']]) => ({ id, value }));
  }

  override follow(key: string, follower: LogFollower): RedisLogReader {
    return new RedisLogReader(this.#settings, key, follower);
  }

  override async run(...[script, keys, values]: Parameters<RedisConnection['run']>): Promise<unknown> {
    const answer = await this.#run((connection) => connection.run(script, keys, values));
    this.#health.set(this.#hazard);
    return answer;
  }

  /** Closes the connection after the commands in progress. Later commands reject. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#timer);
    await this.#connecting?.catch(() => undefined);
    await this.#connection?.close();
  }

  /** Does a step that takes a key that must be free before its caller's timeout, or not at all. */
  async #write(connection: RedisConnection, step: Step): Promise<Required<Guard> | undefined> {
    const { keys, values } = toScriptInput(step);
    const [key = ''] = keys;
    const { unless = [] } = step;
    const takesKey = unless.some(({ value }) => value === undefined);
    // Nothing would keep the call of a key that gets lost from being placed again.
    if (takesKey && this.#settings.strict && this.#hazard !== undefined) throw new StoreFailure(this.#hazard);
    const clock = takesKey ? await connection.clockOf(key) : undefined;
    const until =
      clock === undefined ? Number.MAX_SAFE_INTEGER : Math.floor(clock.now() + redisTimeout - margin);
    const answer = await connection.run(writeScript, keys, [String(until), ...values]);
    const [serverTime, value, index] = answer as [number, string?, number?];
    clock?.set(serverTime);
    if (index === undefined && step.writes.some((write) => write.value !== undefined)) {
      this.#health.set(this.#hazard);
    } else this.#reportAnswer();
    const guard = index === undefined ? undefined : unless[index - 1];
    return guard && { key: guard.key, value: value ?? '' };
  }

  async #run<T>(command: (connection: RedisConnection) => Promise<T>): Promise<T> {
    if (this.#isClosed) throw new StoreFailure('CLOSED');
    let connection: RedisConnection | undefined;
    try {
      connection = await this.#connected();
      return await command(connection);
    } catch (error) {
      const failure = error instanceof StoreFailure ? error : toFailure(error);
      this.#health.count(failure.reason);
      this.#health.set(failure.reason);
      if (connection !== undefined && fatalReasons.has(failure.reason)) this.#drop(connection);
      throw failure;
    }
  }

  #drop(connection: RedisConnection): void {
    // One of the other commands that were in progress on it has closed it.
    if (this.#connection !== connection) return;
    this.#connection = undefined;
    void connection.close();
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
    this.#reportAnswer();
    return connection;
  }

  /** Redis answers, but has not been seen to take writes. */
  #reportAnswer(): void {
    const { current } = this.#health;
    if (current.state === 'ok' || !writeReasons.has(current.code)) this.#health.set(this.#hazard);
  }
}

/** OOM is the error of a full Redis with `maxmemory-policy noeviction`; with any other policy it evicts keys. */
function toFailure(error: unknown): StoreFailure {
  const reason = reasonOf(error);
  return reason === 'OOM' ? new StoreFull() : new StoreFailure(reason);
}
