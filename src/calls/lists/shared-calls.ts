import type { Cipher } from '../../store/cipher.ts';
import { toKeyName } from '../../store/key-name.ts';
import type { LogEntry, Store, Write } from '../../store/store.ts';
import type { Account } from '../account.ts';
import type { Call } from '../call.ts';

/** Milliseconds that a placed call is read by other processes: those of `RecentCalls`. */
const timeToLive = 10 * 60_000;
/** Milliseconds for which a store that fails is not asked again, so that it does not delay every list. */
const pauseAfterFailure = 1_000;

/**
 * The calls of one account that all processes have placed, as a log in the store, encrypted. Each process reads what is
 * new whenever it is asked about calls, so that a call is found everywhere once it has been placed.
 */
export class SharedCalls {
  readonly #store: Store;
  readonly #key: string;
  readonly #cipher: Cipher;
  /** The id of the last entry that was read. */
  #last = `${Date.now() - timeToLive}-0`;
  #current: Promise<unknown> = Promise.resolve();
  #next: Promise<readonly Call[]> | undefined;
  #pausedUntil = 0;

  constructor(store: Store, accountKey: string, cipher: Cipher) {
    this.#store = store;
    this.#key = toKeyName(accountKey, 'recent');
    this.#cipher = cipher;
  }

  /** What is written when a call is placed. */
  toWrite({ account: _, ...call }: Call): Write {
    const value = this.#cipher.encrypt(JSON.stringify(call), this.#key);
    return { key: this.#key, value, timeToLive, isAppended: true };
  }

  /**
   * The calls that were placed since the last time. None while the store fails: then a call that another process has
   * placed is found once the provider knows it.
   */
  readNew(account: Account): Promise<readonly Call[]> {
    // A read that has begun may miss what was placed since. One that has not is shared.
    this.#next ??= this.#current.then(() => {
      this.#current = this.#next ?? this.#current;
      this.#next = undefined;
      return this.#read(account);
    });
    return this.#next;
  }

  async #read(account: Account): Promise<readonly Call[]> {
    const calls: Call[] = [];
    if (performance.now() < this.#pausedUntil) return calls;
    try {
      let entries: readonly LogEntry[];
      do {
        entries = (await this.#store.readLog?.(this.#key, this.#last)) ?? [];
        this.#last = entries.at(-1)?.id ?? this.#last;
        calls.push(...entries.flatMap(({ value }) => this.#toCall(value, account)));
      } while (entries.length > 0);
    } catch {
      this.#pausedUntil = performance.now() + pauseAfterFailure;
    }
    return calls;
  }

  /** None for an entry that was encrypted with another secret. */
  #toCall(value: string, account: Account): readonly Call[] {
    const text = this.#cipher.decrypt(value, this.#key);
    return text === undefined ? [] : [{ ...JSON.parse(text), account }];
  }
}
