import { Readable } from 'node:stream';
import type { Framing } from './framing.ts';
import type { ResultStream } from './result-stream.ts';

/** Seconds between the beats of a stream. Proxies close connections that are silent for a minute or less. */
export const beatInterval = 12;

/** Milliseconds for a client to read the end of a stream. */
const graceTime = 2_000;

/**
 * The body of a response that streams results. A result is taken from the stream when the one before it has been read,
 * so one result is held for a client that does not read, besides what the socket holds. At the second beat that finds
 * it unread the connection is cut.
 */
export class StreamBody extends Readable {
  readonly #stream: ResultStream;
  readonly #framing: Framing;
  readonly #beats: NodeJS.Timeout;
  #cut: NodeJS.Timeout | undefined;
  #isPulling = false;
  #reads = 0;
  #readsAtBeat = 0;
  #unreadBeats = 0;

  constructor(stream: ResultStream, framing: Framing) {
    super({ highWaterMark: 1 });
    this.#stream = stream;
    this.#framing = framing;
    this.#beats = setInterval(() => void this.#beat(), beatInterval * 1000).unref();
    stream.onEnd = () => {
      this.#cut = setTimeout(() => this.destroy(), graceTime).unref();
    };
    this.push(framing.begin);
  }

  override _read(): void {
    this.#reads += 1;
    if (!this.#isPulling) void this.#pull();
  }

  override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
    clearInterval(this.#beats);
    clearTimeout(this.#cut);
    this.#stream.onEnd = () => undefined;
    this.#stream.end('client');
    callback(error);
  }

  async #pull(): Promise<void> {
    this.#isPulling = true;
    const result = await this.#stream.next();
    this.#isPulling = false;
    if (this.destroyed) return;
    if (result !== undefined) {
      this.push(this.#framing.result(result));
      return;
    }
    const last = this.#framing.end(this.#stream.endedBy ?? 'complete');
    if (last !== '') this.push(last);
    this.push(null);
  }

  async #beat(): Promise<void> {
    await this.#stream.beat(beatInterval);
    const isUnread = this.readableLength > 0 && this.#reads === this.#readsAtBeat;
    this.#readsAtBeat = this.#reads;
    this.#unreadBeats = isUnread ? this.#unreadBeats + 1 : 0;
    if (this.#unreadBeats >= 2) {
      this.#stream.end('slow reader');
      this.destroy();
    } else if (!isUnread && this.#stream.endedBy === undefined) this.push(this.#framing.heartbeat);
  }
}
