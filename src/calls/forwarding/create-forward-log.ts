import type { Cipher } from '../../store/cipher.ts';
import type { Store } from '../../store/store.ts';
import { DurableForwardLog } from './durable-forward-log.ts';
import type { ForwardLog } from './forward-log.ts';
import { MemoryForwardLog } from './memory-forward-log.ts';
import { RedisForwardLog } from './redis-forward-log.ts';

/** Bytes of what waits for one account, and in the memory of this process for all. */
const accountBytes = 16 * 1024 * 1024;
const memoryBytes = 64 * 1024 * 1024;

/**
 * What waits to be sent on: in the store if it is one that processes share, else in the memory of this process. One host
 * may take half of the room of its account.
 *
 * @param ciphers by account key, where the store is shared
 */
export function createForwardLog(
  store: Store,
  ciphers: ReadonlyMap<string, Cipher>,
  accounts: number,
): ForwardLog {
  const boundsOf = (account: number) => ({ account, host: account / 2 });
  const share = Math.min(accountBytes, memoryBytes / Math.max(1, accounts));
  const memory = new MemoryForwardLog(boundsOf(share));
  const run = store.run?.bind(store);
  if (run === undefined) return memory;
  return new DurableForwardLog(new RedisForwardLog({ run, ciphers, bounds: boundsOf(accountBytes) }), memory);
}
