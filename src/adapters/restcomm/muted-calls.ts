import { LRUCache } from 'lru-cache';
import type { Account } from '../../calls/account.ts';
import type { AccountEntry } from '../../calls/calls-adapter.ts';
import { ProviderError } from '../../calls/failure.ts';
import { notAsked } from '../kit/rest/provider-errors.ts';

type CallMarks = NonNullable<AccountEntry['muted']>;

/**
 * The calls that this process, or those that share its store, have muted. Restcomm Connect unmutes a call in
 * progress at every change that does not say `Mute=true`, and its call records do not tell whether a call is muted; so
 * what was asked for is remembered. A call muted by anybody else is unmuted by the next change, which cannot be
 * helped short of reading every conference.
 *
 * While the store fails, both methods reject with ProviderError: a change that may unmute a call unnoticed is not sent.
 */
export class MutedCalls {
  readonly #account: Account;
  readonly #marks: CallMarks;

  /** @param shared in place of this process's memory */
  constructor(account: Account, shared: CallMarks = createOwnMarks()) {
    this.#account = account;
    this.#marks = shared;
  }

  has(sid: string): Promise<boolean> {
    return this.#marks.has(sid).catch((cause) => this.#fail(cause));
  }

  set(sid: string, muted: boolean): Promise<void> {
    return this.#marks.set(sid, muted).catch((cause) => this.#fail(cause));
  }

  /**
   * Remembers a change before it is made, so that no change by another process in between undoes it. One that
   * may have been made stays remembered: the next change is to ask for the same.
   */
  async change(sid: string, muted: boolean, make: () => Promise<void>): Promise<void> {
    const before = await this.has(sid);
    await this.set(sid, muted);
    try {
      await make();
    } catch (failure) {
      const isUnknown = failure instanceof ProviderError && failure.code === 'OUTCOME_UNKNOWN';
      if (!isUnknown) await this.set(sid, before).catch(() => undefined);
      throw failure;
    }
  }

  #fail(cause: unknown): never {
    const why = 'it is not known at the moment whether the call is muted';
    throw notAsked(this.#account, 'PROVIDER_UNAVAILABLE', why, { retryAfter: 1, cause });
  }
}

/** Keeps the calls marked last, each for longer than calls last. */
function createOwnMarks(): CallMarks {
  const marked = new LRUCache<string, true>({
    // The option `max` would allocate all of it at once.
    maxSize: 10_000,
    sizeCalculation: () => 1,
    ttl: 24 * 3_600_000,
    perf: Date,
  });
  return {
    has: async (sid) => marked.has(sid),
    set: async (sid, isMarked) => {
      if (isMarked) marked.set(sid, true);
      else marked.delete(sid);
    },
  };
}
