/** Counts running work, so that a caller can wait until all of it has ended. */
export class PendingWork {
  #count = 0;
  #onIdle: () => void = () => undefined;

  /** Calls `work`, and counts it as pending until it settles. */
  async run<T>(work: () => T | Promise<T>): Promise<T> {
    this.#count += 1;
    try {
      return await work();
    } finally {
      this.#count -= 1;
      if (this.#count === 0) this.#onIdle();
    }
  }

  /** Resolves once no work is pending. */
  async idle(): Promise<void> {
    if (this.#count === 0) return;
    await new Promise<void>((resolve) => {
      this.#onIdle = resolve;
    });
  }
}
