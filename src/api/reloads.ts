import type { Config } from '../config/config.ts';
import { reloadConfig } from '../config/reload-config.ts';
import type { Logger } from '../runtime/logger.ts';

/**
 * Prepares another configuration, and returns a function that puts it in use and does not throw.
 *
 * @throws ConfigError if it cannot be used
 */
export type PrepareReload = (next: Config) => () => void;

/** Puts other configurations in use while requests are served: each of them as a whole or not at all. */
export class Reloads {
  readonly #prepares: PrepareReload[] = [];
  readonly #log: Logger;
  /** What is in use. */
  #config: Config;

  constructor(config: Config, log: Logger) {
    this.#config = config;
    this.#log = log;
  }

  /** Adds a part that depends on the configuration. At each reload, parts are put in use in the order of their addition. */
  onReload(prepare: PrepareReload): void {
    this.#prepares.push(prepare);
  }

  /**
   * Puts a configuration in use, as far as it may change: see `reloadConfig`. The log has one line about it.
   *
   * @throws ConfigError, with nothing changed
   */
  reload(next: Config): void {
    const { config, ignored } = reloadConfig(this.#config, next);
    const puts = this.#prepares.map((prepare) => prepare(config));
    for (const put of puts) put();
    this.#config = config;
    const accounts = config.accounts.map(({ entry }) => entry.key);
    if (ignored.length === 0) this.#log.info({ accounts }, 'the configuration is in use');
    else {
      const message = 'the configuration is in use, but for settings that need a restart';
      this.#log.warn({ accounts, ignored }, message);
    }
  }
}
