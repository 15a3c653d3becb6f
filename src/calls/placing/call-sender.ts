import type { Call } from '../call.ts';
import type { CallsAdapter } from '../calls-adapter.ts';
import { Failure } from '../failure.ts';
import type { NewCall } from '../new-call.ts';
import type { Operation } from '../operation.ts';
import { type PendingAttempts, toPartiesKey } from './pending-attempts.ts';

/** What `CallSender` sends: a call to place, and the adapter to place it with. */
export interface CreateRequest {
  readonly adapter: CallsAdapter;
  readonly call: NewCall;
}

/** How an attempt is entered among the pending ones. */
export interface AttemptEntry {
  /** Unique to the attempt. */
  readonly owner: string;
  /** The share of a bounded store that must stay free. */
  readonly reserve: number;
}

/**
 * Sends the one request of an attempt. The attempt is among the pending ones while the request is active and for as
 * long as its outcome is unknown, and is removed only after its call was recorded.
 */
export class CallSender {
  readonly #pending: PendingAttempts;
  readonly #lease: number;
  readonly #now: () => number;

  /**
   * @param lease the most milliseconds that an attempt may be active
   * @param now milliseconds since the epoch
   */
  constructor(pending: PendingAttempts, lease: number, now: () => number) {
    this.#pending = pending;
    this.#lease = lease;
    this.#now = now;
  }

  /**
   * @param record records that the placed call belongs to the attempt
   * @throws Failure, or another error, exactly as `adapter.create` does
   */
  async send(
    { owner, reserve }: AttemptEntry,
    { adapter, call }: CreateRequest,
    operation: Operation,
    record: (placed: Call) => Promise<void>,
  ): Promise<Call> {
    const pending = this.#pending;
    const parties = toPartiesKey(adapter.account.key, call);
    const from = this.#now();
    // A store that fails keeps no call without a key from being placed. With a key, it has been written to already.
    await pending.add(parties, owner, { from, until: from + this.#lease }, reserve).catch(() => undefined);
    try {
      const placed = await adapter.create(call, operation);
      // The call is placed in any case. If recording it fails, the next request with the key finds it.
      await record(placed)
        .then(() => pending.remove(parties, owner))
        .catch(() => undefined);
      return placed;
    } catch (error) {
      await (isNotPlaced(error)
        ? pending.remove(parties, owner)
        : pending.narrow(parties, owner, { from, until: this.#now() })
      ).catch(() => undefined);
      throw error;
    }
  }
}

/** Whether an error of `adapter.create` is proof that no call was placed; only a `Failure` can be. */
export function isNotPlaced(error: unknown): boolean {
  return error instanceof Failure && error.code !== 'OUTCOME_UNKNOWN';
}
