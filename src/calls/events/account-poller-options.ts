import type { sleep } from '../../runtime/sleep.ts';
import type { CallsAdapter } from '../calls-adapter.ts';
import type { Observation } from './call-events.ts';
import type { PollLease } from './poll-lease.ts';

/** What an `AccountPoller` is made from. */
export interface AccountPollerOptions {
  readonly adapter: CallsAdapter;
  /** Whether webhooks tell of the account: then only calls that wait for an answer are read often. */
  readonly hasWebhooks: boolean;
  /** Absent if no other process polls the account. */
  readonly lease?: PollLease | undefined;
  readonly observe: (observation: Observation) => Promise<void>;
  /** Takes for known, and tells of nothing that has ended. */
  readonly learn: (observation: Observation) => Promise<void>;
  readonly pause?: typeof sleep;
  /** Milliseconds of a steady clock. */
  readonly now?: () => number;
  /** From 0 up to 1. */
  readonly random?: () => number;
}
