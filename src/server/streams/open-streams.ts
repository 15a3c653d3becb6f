import type { CallEvent } from '../../calls/events/call-event.ts';
import type { ResultStream, StreamEnd } from './result-stream.ts';
import { type StreamLimitSettings, StreamLimits } from './stream-limits.ts';

/** Is told of what happens to streams. */
export interface StreamObserver {
  /** The result of an event is sent. */
  sent(kind: CallEvent['kind']): void;
  ended(reason: StreamEnd): void;
}

/** All streams of an API. */
export class OpenStreams {
  readonly limits: StreamLimits;
  /** Undefined if nobody asks for metrics. */
  readonly observer: StreamObserver | undefined;
  readonly #streams = new Set<ResultStream>();
  readonly #parts = new Set<OpenStreams>();
  #onClose: () => void = () => undefined;
  #isClosing = false;

  constructor(limits: Partial<StreamLimitSettings> | StreamLimits = {}, observer?: StreamObserver) {
    this.observer = observer;
    this.limits = limits instanceof StreamLimits ? limits : new StreamLimits(limits);
  }

  get size(): number {
    return [...this.#parts].reduce((size, part) => size + part.size, this.#streams.size);
  }

  /** Those of one app of several that the API is mounted in: they count with the others, and close by themselves. */
  part(): OpenStreams {
    const part = new OpenStreams(this.limits, this.observer);
    this.#parts.add(part);
    part.#onClose = () => this.#parts.delete(part);
    return part;
  }

  add(stream: ResultStream): void {
    this.#streams.add(stream);
    if (this.#isClosing) stream.end('shutdown');
  }

  delete(stream: ResultStream): void {
    this.#streams.delete(stream);
  }

  /** Ends the streams whose callers may no longer have them. Call it when rights have changed. */
  checkAccess(): void {
    for (const stream of [...this.#streams]) void stream.beat(0);
    for (const part of this.#parts) part.checkAccess();
  }

  /** Ends all streams, and those that open later, without telling clients that they are complete: they reconnect. */
  close(): void {
    this.#isClosing = true;
    for (const stream of [...this.#streams]) stream.end('shutdown');
    for (const part of this.#parts) part.close();
    this.#onClose();
  }
}
