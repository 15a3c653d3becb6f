import type { Forward, ForwardQueue } from './forward.ts';
import type { Appended, ForwardLog } from './forward-log.ts';
import type { MemoryForwardLog } from './memory-forward-log.ts';

/**
 * A shared log that falls back to the memory of this process while the store fails: neither provider repeats a webhook that
 * was answered with an error. What other processes receive meanwhile may overtake what is in memory.
 */
export class DurableForwardLog implements ForwardLog {
  readonly #shared: Required<ForwardLog>;
  readonly #memory: MemoryForwardLog;
  /** The queues of the shared log that belong to this process. */
  readonly #ours = new Set<string>();

  constructor(shared: Required<ForwardLog>, memory: MemoryForwardLog) {
    this.#shared = shared;
    this.#memory = memory;
  }

  async append(queue: ForwardQueue, forward: Forward): Promise<Appended> {
    // Behind what is in memory already, so that the order of the call is kept.
    if (this.#memory.has(queue)) return this.#memory.append(queue, forward);
    try {
      const appended = await this.#shared.append(queue, forward);
      if (appended === 'ours') this.#ours.add(queue.id);
      return appended;
    } catch {
      return this.#memory.append(queue, forward);
    }
  }

  async first(queue: ForwardQueue): Promise<Forward | undefined> {
    if (!this.#ours.has(queue.id)) return this.#memory.first(queue);
    const first = await this.#shared.first(queue);
    if (first !== undefined) return first;
    this.#ours.delete(queue.id);
    return this.#memory.first(queue);
  }

  async remove(queue: ForwardQueue, id: string): Promise<boolean> {
    if (!this.#ours.has(queue.id)) return this.#memory.remove(queue, id);
    if (await this.#shared.remove(queue, id)) return true;
    this.#ours.delete(queue.id);
    return this.#memory.has(queue);
  }

  async renew(queues: readonly ForwardQueue[]): Promise<readonly ForwardQueue[]> {
    const taken = await this.#shared.renew(queues.filter(({ id }) => this.#ours.has(id)));
    for (const { id } of taken) this.#ours.add(id);
    return taken;
  }

  async release(queues: readonly ForwardQueue[]): Promise<number> {
    // Where this fails, others take them over when the lease is over.
    await this.#shared.release(queues).catch(() => undefined);
    return this.#memory.release();
  }
}
