import type { Account } from './account.ts';
import type { CallsAdapter } from './calls-adapter.ts';
import type { CallEventHub } from './events/call-event-hub.ts';
import type { ListLimits } from './lists/read-list.ts';
import type { Idempotency } from './placing/idempotency.ts';
import type { Rights } from './rights.ts';

/** What all operations share: see `Calls`. */
export interface CallsDependencies {
  /** By account key. */
  readonly adapters: ReadonlyMap<string, CallsAdapter>;
  /** The accounts that a caller may see, once they have been looked for. Each operation needs their number. */
  readonly visible?: WeakMap<Rights, readonly Account[]>;
  readonly idempotency: Idempotency;
  readonly events: CallEventHub;
  /** The keys of the accounts whose provider sends webhooks here. */
  readonly webhookAccounts?: ReadonlySet<string>;
  readonly limits: ListLimits;
}

/** Hands out what operations share, whose accounts may change while operations run. */
export interface CallsSource {
  /** The current accounts. Do not keep it: its adapters may be closed at any time. */
  readonly current: CallsDependencies;
  /** The current accounts. Until it is released, its adapters stay open, whatever becomes of the accounts. */
  take(): TakenCalls;
}

export interface TakenCalls {
  readonly calls: CallsDependencies;
  /** Call it once, when nothing of `calls` is used any more. */
  release(): void;
}
