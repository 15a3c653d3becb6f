import type { Call } from '../call.ts';
import type { CallsAdapter } from '../calls-adapter.ts';
import { Failure } from '../failure.ts';
import type { NewCall } from '../new-call.ts';
import type { Operation } from '../operation.ts';
import { type OpenAttempts, partiesOf } from './open-attempts.ts';

/** A call that is asked for, and where. */
export interface Ordered {
  readonly adapter: CallsAdapter;
  readonly call: NewCall;
}

/** An attempt as the others know it. */
export interface Sent {
  /** Unlike any other attempt's. */
  readonly owner: string;
  /** The share of a bounded store that the entry of the attempt must leave free. */
  readonly leave: number;
}

/**
 * Sends the one request of an attempt. While it is under way, and for as long as its outcome is unknown, the
 * attempt stands among the open ones, and it leaves them only once the call has been noted as its own.
 */
export class Sender {
  readonly #open: OpenAttempts;
  readonly #lease: number;
  readonly #now: () => number;

  /** @param lease how long an attempt may be under way, in milliseconds */
  constructor(open: OpenAttempts, lease: number, now: () => number) {
    this.#open = open;
    this.#lease = lease;
    this.#now = now;
  }

  /**
   * @param note writes down that the call placed is the attempt's
   * @throws whatever the adapter throws
   */
  async send(
    { owner, leave }: Sent,
    { adapter, call }: Ordered,
    operation: Operation,
    note: (placed: Call) => Promise<void>,
  ): Promise<Call> {
    const parties = partiesOf(adapter.account.key, call);
    const from = this.#now();
    // A store that is away keeps nobody from placing a call without a key; one with a key has got past it.
    await this.#open.open(parties, owner, { from, until: from + this.#lease }, leave).catch(() => undefined);
    try {
      const placed = await adapter.create(call, operation);
      // The call is placed, come what may: should the note fail, the next request finds it by looking.
      await note(placed)
        .then(() => this.#open.close(parties, owner))
        .catch(() => undefined);
      return placed;
    } catch (error) {
      await (saysNothingPlaced(error)
        ? this.#open.close(parties, owner)
        : this.#open.bound(parties, owner, { from, until: this.#now() })
      ).catch(() => undefined);
      throw error;
    }
  }
}

/** Only a failure of the closed family says for certain that nothing was placed. */
export function saysNothingPlaced(error: unknown): boolean {
  return error instanceof Failure && error.code !== 'OUTCOME_UNKNOWN';
}
