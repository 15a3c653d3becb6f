import type { Account } from '../../src/calls/account.ts';
import { CallEventHub } from '../../src/calls/events/call-event-hub.ts';
import { MemoryEventLog } from '../../src/calls/events/memory-event-log.ts';

/** The changes of the calls of these accounts, in memory. */
export function someEvents(...accounts: readonly Account[]): CallEventHub {
  const byKey = new Map(accounts.map((account) => [account.key, account]));
  return new CallEventHub({ log: new MemoryEventLog(), accounts: byKey });
}
