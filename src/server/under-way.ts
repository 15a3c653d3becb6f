/** Counts the work that is under way, so that its end can be waited for. */
export class UnderWay {
  #count = 0;
  #onNone: () => void = () => undefined;

  /** Does the work, and counts it until it has come to something. */
  async run<T>(work: () => T | Promise<T>): Promise<T> {
    this.#count += 1;
    try {
      return await work();
    } finally {
      this.#count -= 1;
      if (this.#count === 0) this.#onNone();
    }
  }

  /** Resolves once none is under way. */
  async none(): Promise<void> {
    if (this.#count === 0) return;
    await new Promise<void>((resolve) => {
      this.#onNone = resolve;
    });
  }
}
