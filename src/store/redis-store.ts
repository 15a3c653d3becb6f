import { redisTimeout } from './create-redis-client.ts';
import { HealthReport } from './health-report.ts';
import type { RedisConnection } from './redis-connection.ts';
import { hazardOf } from './redis-hazard.ts';
import { RedisLink } from './redis-link.ts';
import { RedisLogReader, toEntry } from './redis-log-reader.ts';
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
import { StoreFailure } from './store-failure.ts';
import { toScriptInput, writeScript } from './write-script.ts';

/** Milliseconds before its caller's timeout by which a command must be carried out, since timers are inexact. */
const margin = 100;
/** Entries of a log that are read at once. */
const logPage = 500;
/** Milliseconds between two checks by `watch`. */
const checkInterval = 60_000;

/**
 * A store in Redis, shared by several processes. Every method rejects with `StoreFailure` within a few seconds when Redis
 * cannot be reached.
 *
 * It is as durable as Redis: a key is lost if the primary that acknowledged it fails before it has replicated it.
 */
export class RedisStore extends Store {
  readonly #settings: RedisSettings;
  readonly #health: HealthReport;
  readonly #link: RedisLink;
  #timer: NodeJS.Timeout | undefined;

  constructor(settings: RedisSettings, onHealth: OnHealth = () => undefined) {
    super();
    this.#settings = settings;
    this.#health = new HealthReport(onHealth);
    this.#link = new RedisLink(settings, this.#health);
  }

  /** Degraded by the reason of the latest failure, until a write succeeds, or by a `Hazard`. */
  get health(): StoreHealth {
    return this.#health.current;
  }

  get failures(): ReadonlyMap<string, number> {
    return this.#health.failures;
  }

  async watch(): Promise<void> {
    this.#timer ??= setInterval(() => void this.#check(), checkInterval).unref();
    await this.#check();
  }

  async #check(): Promise<void> {
    await this.#link
      .run(async ({ redis }) => {
        this.#health.hazard = await hazardOf(redis);
        this.#health.answer();
      })
      .catch(() => undefined);
  }

  async get(key: string): Promise<string | undefined> {
    return (await this.#link.run(({ redis }) => redis.get(key))) ?? undefined;
  }

  async write(step: Step): Promise<Required<Guard> | undefined> {
    const write = () => this.#link.run((connection) => this.#write(connection, step));
    return write().catch((failure: StoreFailure) => {
      // Our estimate of Redis's clock is off. Nothing was done, and the next connection reads the time again.
      if (failure.reason === 'LATE') return write();
      throw failure;
    });
  }

  override async readLog(key: string, after: string, count = logPage): Promise<readonly LogEntry[]> {
    const [milliseconds, sequence] = after.split('-').map(Number);
    const next = `${milliseconds}-${(sequence ?? 0) + 1}`;
    const entries = await this.#link.run(({ redis }) => redis.xrange(key, next, '+', 'COUNT', count));
    return entries.map(toEntry);
  }

  override follow(key: string, follower: LogFollower): RedisLogReader {
    return new RedisLogReader(this.#settings, key, follower);
  }

  override async run(...[script, keys, values]: Parameters<RedisConnection['run']>): Promise<unknown> {
    const answer = await this.#link.run((connection) => connection.run(script, keys, values));
    this.#health.takeWrite();
    return answer;
  }

  /** Closes the connection after the commands in progress. Later commands reject. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#link.close();
  }

  /** Does a step that takes a key that must be free before its caller's timeout, or not at all. */
  async #write(connection: RedisConnection, step: Step): Promise<Required<Guard> | undefined> {
    const { keys, values } = toScriptInput(step);
    const [key = ''] = keys;
    const { unless = [] } = step;
    const takesKey = unless.some(({ value }) => value === undefined);
    // Nothing would keep the call of a key that gets lost from being placed again.
    const { hazard } = this.#health;
    if (takesKey && this.#settings.strict && hazard !== undefined) throw new StoreFailure(hazard);
    const clock = takesKey ? await connection.clockOf(key) : undefined;
    const until =
      clock === undefined ? Number.MAX_SAFE_INTEGER : Math.floor(clock.now() + redisTimeout - margin);
    const answer = await connection.run(writeScript, keys, [String(until), ...values]);
    const [serverTime, value, index] = answer as [number, string?, number?];
    clock?.set(serverTime);
    if (index === undefined && step.writes.some((write) => write.value !== undefined)) {
      this.#health.takeWrite();
    } else this.#health.answer();
    const guard = index === undefined ? undefined : unless[index - 1];
    return guard && { key: guard.key, value: value ?? '' };
  }
}
