import type { sleep } from '../../runtime/sleep.ts';
import type { CallsAdapter } from '../calls-adapter.ts';
import type { LiveCall } from './live-calls.ts';
import type { Observation } from './observation.ts';
import type { PollLease } from './poll-lease.ts';

/** What an `AccountPoller` is made from. */
export interface AccountPollerOptions {
  readonly adapter: CallsAdapter;
  /** Whether webhooks tell of the account: then only calls that wait for an answer are read often. */
  readonly hasWebhooks: boolean;
  /** Absent if no other process polls the account. */
  readonly lease?: PollLease | undefined;
  readonly events: PolledEvents;
  readonly pause?: typeof sleep;
  /** Milliseconds of a steady clock. */
  readonly now?: () => number;
  /** From 0 up to 1. */
  readonly random?: () => number;
}

/** What takes what is read of an account, and knows calls to follow: a `CallEventHub`. */
interface PolledEvents {
  observe(observation: Observation, isNews?: boolean): Promise<void>;
  knownCalls(accountKey: string): readonly LiveCall[];
}
