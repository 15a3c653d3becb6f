import { randomUUID } from 'node:crypto';
import type { Cipher } from '../../store/cipher.ts';
import { toKeyName } from '../../store/key-name.ts';
import type { Store } from '../../store/store.ts';
import type { Forward, ForwardQueue } from './forward.ts';
import type { Appended, ForwardBounds, ForwardLog } from './forward-log.ts';
import { appendScript, firstScript, releaseScript, removeScript, renewScript } from './forward-scripts.ts';

/** The most queues that one script renews or releases. */
const batchSize = 500;

/** What a `RedisForwardLog` is made from. */
export interface RedisForwardLogOptions {
  readonly run: NonNullable<Store['run']>;
  /** By account key. What waits holds numbers, and credentials of clients. */
  readonly ciphers: ReadonlyMap<string, Cipher>;
  readonly bounds: ForwardBounds;
}

/**
 * Keeps what waits in a Redis that processes share. When a process dies, another one takes over its queues once their
 * leases have expired. A process that is suspended for longer than a lease may repeat a webhook that another one has sent.
 */
export class RedisForwardLog implements ForwardLog {
  readonly #options: RedisForwardLogOptions;
  readonly #owner = randomUUID();

  constructor(options: RedisForwardLogOptions) {
    this.#options = options;
  }

  async append(queue: ForwardQueue, { body, ...forward }: Forward): Promise<Appended> {
    const { bounds } = this.#options;
    const text = JSON.stringify({ ...forward, body: body.toString('base64') });
    const encrypted = this.#cipherOf(queue)?.encrypt(text, listOf(queue)) ?? '';
    const size = String(encrypted.length + forward.id.length);
    const entry = `${forward.id} ${size} ${encrypted}`;
    const limits = [String(bounds.account), String(bounds.host)];
    return (await this.#run(appendScript, queue, queue.host, entry, size, ...limits)) as Appended;
  }

  async first(queue: ForwardQueue): Promise<Forward | undefined> {
    for (;;) {
      const entry = await this.#run(firstScript, queue);
      if (typeof entry !== 'string') return undefined;
      const [id = '', , encrypted = ''] = entry.split(' ');
      const text = this.#cipherOf(queue)?.decrypt(encrypted, listOf(queue));
      if (text !== undefined) {
        const { body, ...forward } = JSON.parse(text);
        return { ...forward, body: Buffer.from(body, 'base64') };
      }
      // It was encrypted with another secret, and can be read by nobody.
      if (!(await this.remove(queue, id))) return undefined;
    }
  }

  async remove(queue: ForwardQueue, id: string): Promise<boolean> {
    return (await this.#run(removeScript, queue, id)) === 1;
  }

  async renew(queues: readonly ForwardQueue[]): Promise<readonly ForwardQueue[]> {
    const taken: ForwardQueue[] = [];
    for (const [accountKey, ids] of this.#batches(queues)) {
      const answer = await this.#runAll(renewScript, accountKey, ids);
      for (let at = 0; at < answer.length; at += 2) {
        taken.push({ accountKey, id: answer[at] ?? '', host: answer[at + 1] ?? '' });
      }
    }
    return taken;
  }

  async release(queues: readonly ForwardQueue[]): Promise<number> {
    for (const [accountKey, ids] of this.#batches(queues)) {
      if (ids.length > 0) await this.#runAll(releaseScript, accountKey, ids);
    }
    return 0;
  }

  /** At least one of each account. */
  *#batches(queues: readonly ForwardQueue[]): Generator<[string, string[]]> {
    for (const accountKey of this.#options.ciphers.keys()) {
      const ids = queues.filter((queue) => queue.accountKey === accountKey).map(({ id }) => id);
      for (let from = 0; from === 0 || from < ids.length; from += batchSize) {
        yield [accountKey, ids.slice(from, from + batchSize)];
      }
    }
  }

  #cipherOf({ accountKey }: ForwardQueue): Cipher | undefined {
    return this.#options.ciphers.get(accountKey);
  }

  #run(script: string, queue: ForwardQueue, ...values: string[]): Promise<unknown> {
    const keys = [...keysOf(queue.accountKey), listOf(queue)];
    return this.#options.run(script, keys, [queue.id, this.#owner, ...values]);
  }

  async #runAll(script: string, accountKey: string, ids: readonly string[]): Promise<string[]> {
    return (await this.#options.run(script, keysOf(accountKey), [this.#owner, ...ids])) as string[];
  }
}

/** See `shared` in the scripts. */
function keysOf(accountKey: string): string[] {
  return [toKeyName(accountKey, 'forwards'), toKeyName(accountKey, 'forwards-of')];
}

function listOf({ accountKey, id }: ForwardQueue): string {
  return toKeyName(accountKey, 'forward', id);
}
