import { randomUUID } from 'node:crypto';
import { toKeyName } from '../../store/key-name.ts';
import type { Guard, Store } from '../../store/store.ts';
import type { Instant } from '../call.ts';

/** Milliseconds without a poll after which the next one begins anew. */
const timeToLive = 120_000;

/** What a series of polls has seen of the list of an account. */
export interface PollRecord {
  /** The oldest call of the first poll: one that has ended is news only if it is not older. */
  readonly oldest: Instant;
  /** The newest call so far. */
  readonly newest: Instant;
}

/** Sees to it that one process of all that share a store polls an account. Rejects with `StoreFailure`. */
export class PollLease {
  readonly #store: Store;
  /** What stands in the store while this process polls. */
  readonly #lease: Required<Guard>;
  readonly #recordKey: string;

  constructor(store: Store, accountKey: string) {
    this.#store = store;
    this.#lease = { key: toKeyName(accountKey, 'poller'), value: randomUUID() };
    this.#recordKey = toKeyName(accountKey, 'polled');
  }

  /** Takes or prolongs the lease for some milliseconds; false while another process has it. */
  async take(milliseconds: number): Promise<boolean> {
    const writes = [{ ...this.#lease, timeToLive: milliseconds }];
    return (await this.#store.write({ unless: [this.#lease], writes })) === undefined;
  }

  /** What the process that had the lease before has seen. */
  async read(): Promise<PollRecord | undefined> {
    const text = await this.#store.get(this.#recordKey);
    return text === undefined ? undefined : JSON.parse(text);
  }

  async save(record: PollRecord): Promise<void> {
    await this.#store.set(this.#recordKey, JSON.stringify(record), timeToLive);
  }

  /** Lets another process poll at once. */
  async release(): Promise<void> {
    await this.#store.write({ unless: [this.#lease], writes: [{ key: this.#lease.key, timeToLive: 1 }] });
  }
}
