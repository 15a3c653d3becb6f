import type { FormattedResult } from '../../graphql/to-formatted.ts';
import type { StreamOutcome } from '../streams/open-stream.ts';
import { beatInterval } from '../streams/stream-body.ts';

const done = { value: undefined, done: true } as const;

/**
 * The results of an operation for the application in whose process it is executed. `return()` ends it at once, although a
 * result is waited for: an async generator would end at the next result only.
 */
export class EmbeddedStream implements AsyncIterableIterator<FormattedResult> {
  readonly #outcome: Promise<StreamOutcome>;
  #last: Promise<unknown> = Promise.resolve();
  #hasEnded = false;

  /** @param open never rejects */
  constructor(open: () => Promise<StreamOutcome>, signal: AbortSignal | undefined) {
    this.#outcome = open().then((outcome) => {
      if ('stream' in outcome) {
        const { stream } = outcome;
        const onAbort = () => stream.end('client');
        const beats = setInterval(() => void stream.beat(beatInterval), beatInterval * 1000).unref();
        stream.onEnd = () => {
          clearInterval(beats);
          signal?.removeEventListener('abort', onAbort);
        };
        signal?.addEventListener('abort', onAbort);
        if (this.#hasEnded || signal?.aborted) onAbort();
        if (stream.endedBy !== undefined) stream.onEnd();
      }
      return outcome;
    });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<FormattedResult>> {
    const next = this.#last.then(() => this.#next());
    this.#last = next;
    return next;
  }

  async return(): Promise<IteratorResult<FormattedResult>> {
    this.#hasEnded = true;
    const outcome = await this.#outcome;
    if ('stream' in outcome) outcome.stream.end('client');
    return done;
  }

  async #next(): Promise<IteratorResult<FormattedResult>> {
    const outcome = await this.#outcome;
    if (this.#hasEnded) return done;
    if ('stream' in outcome) {
      const result = await outcome.stream.next();
      return result === undefined ? done : { value: JSON.parse(result.text), done: false };
    }
    this.#hasEnded = true;
    return { value: outcome.result as FormattedResult, done: false };
  }
}
