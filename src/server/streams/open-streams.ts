import type { ResultStream } from './result-stream.ts';
import { type StreamLimitSettings, StreamLimits } from './stream-limits.ts';

/** All streams of the process. */
export class OpenStreams {
  readonly limits: StreamLimits;
  readonly #streams = new Set<ResultStream>();
  #isClosing = false;

  constructor(limits: Partial<StreamLimitSettings> = {}) {
    this.limits = new StreamLimits(limits);
  }

  get size(): number {
    return this.#streams.size;
  }

  add(stream: ResultStream): void {
    this.#streams.add(stream);
    if (this.#isClosing) stream.end('shutdown');
  }

  delete(stream: ResultStream): void {
    this.#streams.delete(stream);
  }

  /** Ends all streams, and those that open later, without telling clients that they are complete: they reconnect. */
  close(): void {
    this.#isClosing = true;
    for (const stream of [...this.#streams]) stream.end('shutdown');
  }
}
