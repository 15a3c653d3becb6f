import type { HealthReport } from './health-report.ts';
import { connectRedis, type RedisConnection, reasonOf } from './redis-connection.ts';
import type { RedisSettings } from './redis-settings.ts';
import { StoreFailure, StoreFull } from './store-failure.ts';

/** After these errors the connection is replaced: commands on it would time out or be refused again. */
const fatalReasons = new Set(['TIMEOUT', 'READONLY', 'LATE']);

/** The way to a Redis: connects with the first command, and again with the next command after the connection was lost. */
export class RedisLink {
  readonly #settings: RedisSettings;
  readonly #health: HealthReport;
  #connection: RedisConnection | undefined;
  #connecting: Promise<RedisConnection> | undefined;
  #isClosed = false;

  constructor(settings: RedisSettings, health: HealthReport) {
    this.#settings = settings;
    this.#health = health;
  }

  /** Runs a command on an open connection. Rejects with `StoreFailure`, which the health report counts. */
  async run<T>(command: (connection: RedisConnection) => Promise<T>): Promise<T> {
    if (this.#isClosed) throw new StoreFailure('CLOSED');
    let connection: RedisConnection | undefined;
    try {
      connection = await this.#connected();
      return await command(connection);
    } catch (error) {
      const failure = error instanceof StoreFailure ? error : toFailure(error);
      this.#health.fail(failure.reason);
      if (connection !== undefined && fatalReasons.has(failure.reason)) this.#drop(connection);
      throw failure;
    }
  }

  /** Closes the connection after the commands in progress. Later commands reject. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#connecting?.catch(() => undefined);
    await this.#connection?.close();
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
    this.#health.hazard = connection.hazard;
    this.#health.answer();
    return connection;
  }
}

/** OOM is the error of a full Redis with `maxmemory-policy noeviction`; with any other policy it evicts keys. */
function toFailure(error: unknown): StoreFailure {
  const reason = reasonOf(error);
  return reason === 'OOM' ? new StoreFull() : new StoreFailure(reason);
}
