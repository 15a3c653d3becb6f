import type { Forward, ForwardQueue } from './forward.ts';
import type { Appended, ForwardBounds, ForwardLog } from './forward-log.ts';

/** Bytes that a webhook takes besides its body and query. */
const overhead = 1_024;

/** Keeps what waits in the memory of this process: it is lost when the process ends. */
export class MemoryForwardLog implements ForwardLog {
  readonly #bounds: ForwardBounds;
  readonly #queues = new Map<string, Forward[]>();
  /** By account, and by account and host. */
  readonly #bytes = new Map<string, number>();

  constructor(bounds: ForwardBounds) {
    this.#bounds = bounds;
  }

  has({ id }: ForwardQueue): boolean {
    return this.#queues.has(id);
  }

  async append(queue: ForwardQueue, forward: Forward): Promise<Appended> {
    const size = sizeOf(forward);
    const [ofAccount, ofHost] = keysOf(queue).map((key) => (this.#bytes.get(key) ?? 0) + size);
    if ((ofAccount ?? 0) > this.#bounds.account || (ofHost ?? 0) > this.#bounds.host) return 'full';
    this.#count(queue, size);
    const waiting = this.#queues.get(queue.id);
    if (waiting === undefined) this.#queues.set(queue.id, [forward]);
    else waiting.push(forward);
    return waiting === undefined ? 'ours' : 'theirs';
  }

  async first({ id }: ForwardQueue): Promise<Forward | undefined> {
    return this.#queues.get(id)?.[0];
  }

  async remove(queue: ForwardQueue, id: string): Promise<boolean> {
    const waiting = this.#queues.get(queue.id) ?? [];
    const [first] = waiting;
    if (first?.id === id) {
      waiting.shift();
      this.#count(queue, -sizeOf(first));
    }
    if (waiting.length === 0) this.#queues.delete(queue.id);
    return waiting.length > 0;
  }

  async release(): Promise<number> {
    const lost = [...this.#queues.values()].reduce((sum, { length }) => sum + length, 0);
    this.#queues.clear();
    this.#bytes.clear();
    return lost;
  }

  #count(queue: ForwardQueue, size: number): void {
    for (const key of keysOf(queue)) {
      const bytes = (this.#bytes.get(key) ?? 0) + size;
      if (bytes > 0) this.#bytes.set(key, bytes);
      else this.#bytes.delete(key);
    }
  }
}

function keysOf({ accountKey, host }: ForwardQueue): string[] {
  return [accountKey, `${accountKey} ${host}`];
}

function sizeOf({ body, query }: Forward): number {
  return body.length + query.length + overhead;
}
