import { hash } from 'node:crypto';
import { toKeyName } from './key-name.ts';
import type { Store } from './store.ts';

/** Milliseconds that a mark is kept: longer than calls last. */
const timeToLive = 24 * 60 * 60 * 1000;

/** Calls of one account that are marked for all processes that share a store. Reject with `StoreFailure`. */
export interface CallMarks {
  has(providerCallId: string): Promise<boolean>;
  set(providerCallId: string, isMarked: boolean): Promise<void>;
}

/** @param name of the mark, such as `muted`. Undefined where no other process shares the store */
export function createCallMarks(store: Store, accountKey: string, name: string): CallMarks | undefined {
  if (store.run === undefined) return undefined;
  const keyOf = (id: string) => toKeyName(accountKey, name, hash('sha256', id, 'base64url'));
  return {
    has: async (id) => (await store.get(keyOf(id))) !== undefined,
    set: (id, isMarked) => store.set(keyOf(id), isMarked ? '1' : undefined, timeToLive),
  };
}
