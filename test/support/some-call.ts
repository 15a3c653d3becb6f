import type { Account } from '../../src/calls/account.ts';
import type { Call } from '../../src/calls/call.ts';
import type { Operation } from '../../src/calls/operation.ts';
import type { Rights } from '../../src/calls/rights.ts';

/** An account that can do everything, but for what is said otherwise. */
export function someAccount(changes: Partial<Account> = {}): Account {
  return {
    key: 'alpha',
    name: 'Alpha',
    provider: 'BANDWIDTH',
    providerAccountId: '9900000',
    capabilities: [
      'CREATE_CALL',
      'REDIRECT_CALL',
      'HANG_UP_CALL',
      'CANCEL_CALL',
      'MUTE_CALL',
      'UPDATE_BXML',
      'COUNT_CALLS',
      'CALL_EVENTS',
    ],
    ...changes,
  };
}

/** A call in progress, but for what is said otherwise. */
export function someCall(changes: Partial<Call> = {}): Call {
  return {
    account: someAccount(),
    providerCallId: 'c-1',
    from: '+19195554321',
    to: '+19195551234',
    direction: 'OUTBOUND',
    providerDirection: 'outbound',
    status: 'IN_PROGRESS',
    providerStatus: 'active',
    createdAt: '2026-11-21T06:20:00.000Z',
    startedAt: null,
    answeredAt: null,
    endedAt: null,
    updatedAt: null,
    duration: null,
    endReason: null,
    providerEndReason: null,
    error: null,
    price: null,
    callerName: null,
    parentId: null,
    details: { provider: 'BANDWIDTH' },
    ...changes,
  };
}

/** An operation that nobody ends, unless `signal` does. */
export function someOperation(signal = new AbortController().signal): Operation {
  return { signal, requests: 0, milliseconds: 0 };
}

/** A caller who may do everything with these accounts, and read those; without a word, with all. */
export function someRights(writable?: readonly string[], readable: readonly string[] = []): Rights {
  const mayWrite = (key: string) => writable?.includes(key) ?? true;
  return { id: 'somebody', mayWrite, maySee: (key) => mayWrite(key) || readable.includes(key) };
}
