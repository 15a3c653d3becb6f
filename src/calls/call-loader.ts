import DataLoader from 'dataloader';
import type { Call } from './call.ts';

/** Identifies a call. */
export interface CallKey {
  readonly accountKey: string;
  readonly providerCallId: string;
}

/** Loads calls once per operation: a `DataLoader` that is created only when a call is first loaded. */
export class CallLoader {
  readonly #read: (key: CallKey) => Promise<Call | null>;
  /** Calls that the loader does not have yet. */
  readonly #listed: (readonly Call[])[] = [];
  #loader: DataLoader<CallKey, Call | null, string> | undefined;

  /** @param read null when there is no such call */
  constructor(read: (key: CallKey) => Promise<Call | null>) {
    this.#read = read;
  }

  /** Adds calls that a list has returned, which need not be loaded again. */
  prime(calls: readonly Call[]): void {
    this.#listed.push(calls);
  }

  load(key: CallKey): Promise<Call | null> {
    return this.#primed().load(key);
  }

  /** Loads a call again. */
  reload(key: CallKey): Promise<Call | null> {
    return this.#primed().clear(key).load(key);
  }

  /** Creating and priming the loader is left until here, since most operations with lists load no single call. */
  #primed(): DataLoader<CallKey, Call | null, string> {
    // An error in place of a rejection, which would fail the whole batch.
    const read = (key: CallKey) => this.#read(key).catch(toError);
    this.#loader ??= new DataLoader((keys) => Promise.all(keys.map(read)), {
      cacheKeyFn: ({ accountKey, providerCallId }) => `${accountKey}:${providerCallId}`,
    });
    for (const call of this.#listed.splice(0).flat()) {
      this.#loader.prime({ accountKey: call.account.key, providerCallId: call.providerCallId }, call);
    }
    return this.#loader;
  }
}

function toError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error('A load failed.', { cause: reason });
}
