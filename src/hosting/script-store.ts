import { storeReserve } from '../calls/placing/store-reserve.ts';
import { sha256 } from '../calls/sha256.ts';
import type { Cipher } from '../store/cipher.ts';
import { toKeyName } from '../store/key-name.ts';
import type { Store } from '../store/store.ts';
import { StoreFull } from '../store/store-failure.ts';
import { sizeOf } from '../store/text-size.ts';
import { ByteBudget } from './byte-budget.ts';
import type { HostedScript } from './hosted-script.ts';

/** Bytes of the scripts that one caller makes one process keep for one account. */
const defaultMaxBytes = 16 * 1024 * 1024;
/** Bytes that an entry takes besides its value: that of the store, and that of the count. */
const overhead = 1024;

export interface ScriptStoreOptions {
  readonly store: Store;
  /** Encrypts what the store holds; absent if that is this process's memory. */
  readonly cipherOf: (accountKey: string) => Cipher | undefined;
  readonly maxBytes?: number;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
}

/** Keeps scripts under digests of their ids, for as long as their calls may last. */
export class ScriptStore {
  readonly #options: ScriptStoreOptions;
  readonly #budget: ByteBudget;
  readonly #now: () => number;
  /** What is being written, by key. It counts as held already. */
  readonly #writing = new Map<string, Promise<void>>();

  constructor(options: ScriptStoreOptions) {
    const { maxBytes = defaultMaxBytes, now = Date.now } = options;
    this.#options = options;
    this.#budget = new ByteBudget(maxBytes, now);
    this.#now = now;
  }

  /**
   * Keeps a script, unless it is kept already.
   *
   * @throws StoreFull when there is no room, in the store or for the caller
   * @throws StoreFailure when the store fails
   */
  async write(accountKey: string, id: string, script: HostedScript): Promise<void> {
    const { store, cipherOf } = this.#options;
    const key = keyOf(accountKey, id);
    const writing = this.#writing.get(key);
    if (writing !== undefined) return writing;
    if (this.#budget.has(key)) return;
    const text = JSON.stringify(script);
    const { owner, until } = script.call;
    const held = {
      owner: `${accountKey} ${owner}`,
      group: script.call.root,
      bytes: sizeOf(text) + overhead,
      until,
    };
    if (!this.#budget.take(key, held)) throw new StoreFull();
    const cipher = cipherOf(accountKey);
    const value = cipher === undefined ? text : cipher.encrypt(text, key);
    const timeToLive = Math.max(1, until - this.#now());
    const written = store
      .write({ writes: [{ key, value, timeToLive }], reserve: storeReserve.unkeyed })
      .then(
        () => undefined,
        (error: unknown) => {
          this.#budget.release(key);
          throw error;
        },
      )
      .finally(() => this.#writing.delete(key));
    this.#writing.set(key, written);
    await written;
  }

  /** Undefined if there is none any more. Rejects with StoreFailure. */
  async read(accountKey: string, id: string): Promise<HostedScript | undefined> {
    const key = keyOf(accountKey, id);
    const value = await this.#options.store.get(key);
    const cipher = this.#options.cipherOf(accountKey);
    const text = value === undefined || cipher === undefined ? value : cipher.decrypt(value, key);
    return text === undefined ? undefined : JSON.parse(text);
  }

  /** Removes the scripts of a call that this process has written. Never rejects. */
  async discard(root: string): Promise<void> {
    for (const key of this.#budget.keysOf(root)) {
      this.#budget.release(key);
      await this.#options.store.set(key, undefined, 1).catch(() => undefined);
    }
  }
}

function keyOf(accountKey: string, id: string): string {
  return toKeyName(accountKey, 'script', sha256(id));
}
