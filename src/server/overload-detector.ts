/**
 * Decides whether more requests arrive than can be processed. Overload begins with a long queue, but does not end
 * with a short one, because refusals shorten the queue: it ends when the event loop is idle again.
 */
export class OverloadDetector {
  readonly #options: OverloadOptions;
  #isOverloaded = false;
  /** Busy and idle time at the beginning of the current window. */
  #window = { busy: 0, idle: 0 };

  constructor(options: OverloadOptions) {
    this.#options = options;
  }

  get isOverloaded(): boolean {
    return this.#isOverloaded;
  }

  update({ busy, idle, queued, oldest }: LoadSample): void {
    const { maxBurst, maxBurstWait, window, minIdleShare } = this.#options;
    if (!this.#isOverloaded) {
      this.#isOverloaded = queued > maxBurst && oldest !== undefined && busy - oldest > maxBurstWait;
      this.#window = { busy, idle };
      return;
    }
    const idleTime = idle - this.#window.idle;
    const elapsed = busy - this.#window.busy + idleTime;
    if (elapsed < window) return;
    this.#isOverloaded = idleTime < minIdleShare * elapsed;
    this.#window = { busy, idle };
  }
}

/** Times in milliseconds. */
export interface OverloadOptions {
  /** Overload begins when more requests than this are queued, and the oldest of them for `maxBurstWait`. */
  readonly maxBurst: number;
  readonly maxBurstWait: number;
  /** The interval at which the end of overload is checked. */
  readonly window: number;
  /** Overload ends when the event loop was idle for at least this share of a window. */
  readonly minIdleShare: number;
}

/** Measured at the beginning of a turn of the event loop, in milliseconds. */
export interface LoadSample {
  /** Busy and idle time of the event loop since the start. */
  readonly busy: number;
  readonly idle: number;
  /** How many requests are queued. */
  readonly queued: number;
  /** Since when the oldest of them is, on the clock of `busy`. */
  readonly oldest: number | undefined;
}
