import type { Logger } from '../runtime/logger.ts';

/** Milliseconds between two log lines about the same, so that logging does not add to the load. */
const logInterval = 1_000;

/** Counts what was refused or lost, and logs the count at intervals. */
export class LossLog {
  readonly #write: (count: number) => void;
  #count = 0;

  /** @param name of the count in the log line */
  constructor(log: Pick<Logger, 'warn'>, name: string, message: string, more: object = {}) {
    this.#write = (count) => log.warn({ ...more, [name]: count }, message);
  }

  add(): void {
    if (this.#count === 0) setTimeout(() => this.end(), logInterval).unref();
    this.#count += 1;
  }

  /** Logs what is left. */
  end(): void {
    if (this.#count > 0) this.#write(this.#count);
    this.#count = 0;
  }
}
