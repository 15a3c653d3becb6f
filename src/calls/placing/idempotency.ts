import { randomUUID } from 'node:crypto';
import { sleep } from '../../runtime/sleep.ts';
import type { Store } from '../../store/store.ts';
import type { Account } from '../account.ts';
import type { Call } from '../call.ts';
import { Failure, Refusal } from '../failure.ts';
import type { Operation } from '../operation.ts';
import { type Attempt, AttemptStore, digestOf, slotOf } from './attempt-store.ts';
import { CallSender, type CreateRequest, isNotPlaced } from './call-sender.ts';
import { idempotencyKeyField as field, toReadFailure, toWriteFailure } from './key-failures.ts';
import { PendingAttempts } from './pending-attempts.ts';
import { Reconciliation } from './reconciliation.ts';
import { storeReserve } from './store-reserve.ts';

/** Milliseconds between two reads of an attempt that another request is making. */
const pollInterval = 50;

/** Times in milliseconds. */
export interface IdempotencyOptions {
  /** How long an attempt may be active. After it, the process that made it must have died. */
  readonly lease?: number;
  /** The waits before each lookup of a call whose creation got no answer. */
  readonly lookupDelays?: readonly number[];
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  /** Called with the cause each time that a call is refused because its key could not be stored. */
  readonly onStoreFailure?: (cause: unknown) => void;
}

/** A call to place under an idempotency key. */
export interface KeyedCall extends CreateRequest {
  readonly callerId: string;
  readonly key: string;
}

/** A placed call. */
export interface PlacedCall {
  readonly call: Call;
  /** Whether an earlier request with the same key placed it. */
  readonly replayed: boolean;
}

/**
 * Places calls so that one idempotency key, of one caller at one account, allows one attempt in 24 hours. The key is
 * stored before anything is sent, and deleted only if it is certain that no call was placed. Later requests with the
 * key get the outcome of that attempt. If the attempt gets no answer, its call is looked for; it is never sent again.
 */
export class Idempotency {
  readonly #attempts: AttemptStore;
  readonly #sender: CallSender;
  readonly #lease: number;
  readonly #reconciliation: Reconciliation;
  readonly #now: () => number;
  readonly #onStoreFailure: (cause: unknown) => void;

  constructor(store: Store, options: IdempotencyOptions = {}) {
    this.#attempts = new AttemptStore(store);
    this.#lease = options.lease ?? 60_000;
    this.#now = options.now ?? Date.now;
    this.#onStoreFailure = options.onStoreFailure ?? (() => undefined);
    const pending = new PendingAttempts(store);
    this.#sender = new CallSender(pending, this.#lease, this.#now);
    const delays = options.lookupDelays ?? [250, 750, 1500];
    this.#reconciliation = new Reconciliation(this.#attempts, pending, delays);
  }

  /**
   * Places a call without a key. It is recorded, so that no key's attempt claims it.
   *
   * @throws Failure, or another error, exactly as `adapter.create` does
   */
  async place({ adapter, call }: CreateRequest, operation: Operation): Promise<PlacedCall> {
    const entry = { owner: `no key: ${randomUUID()}`, reserve: storeReserve.unkeyed };
    const placed = await this.#sender.send(entry, { adapter, call }, operation, (placed) =>
      this.#attempts.claimForNone(placed),
    );
    return { call: placed, replayed: false };
  }

  /**
   * Places a call, unless its key was used before: then returns the call of that attempt.
   *
   * @throws Failure CONFLICT for a key that was used with another input, or whose attempt is still active at the
   *   deadline; RATE_LIMITED when the store is full, PROVIDER_UNAVAILABLE when it fails; OUTCOME_UNKNOWN when it is not
   *   known whether the call was placed; and as `adapter.create` does
   */
  async placeOnce(keyed: KeyedCall, operation: Operation): Promise<PlacedCall> {
    const slot = slotOf(keyed.adapter.account.key, keyed.callerId, keyed.key);
    const sentAt = this.#now();
    const input = digestOf(keyed.call);
    const own: Attempt = { input, sentAt, until: sentAt + this.#lease, state: 'sending' };
    const earlier = await this.#attempts.open(slot, own).catch((cause: unknown) => {
      this.#onStoreFailure(cause);
      throw toWriteFailure(cause);
    });
    if (earlier === undefined) {
      return { call: await this.#attempt(slot, own, keyed, operation), replayed: false };
    }
    if (earlier.input !== own.input) {
      throw new Refusal('CONFLICT', 'This idempotencyKey was used for another call.', { field });
    }
    return { call: await this.#replay(slot, earlier, keyed, operation), replayed: true };
  }

  async #attempt(slot: string, own: Attempt, keyed: KeyedCall, operation: Operation): Promise<Call> {
    try {
      return await this.#sender.send({ owner: slot, reserve: 0 }, keyed, operation, (call) =>
        this.#reconciliation.recordPlaced(slot, own, call),
      );
    } catch (error) {
      const isCertain = isNotPlaced(error);
      const providerErrorId = error instanceof Failure ? error.providerErrorId : undefined;
      const unknown: Attempt = { ...own, state: 'unknown', until: this.#now(), providerErrorId };
      // If this write fails, the slot stays `sending` until its lease ends, and is treated as unknown then.
      await (isCertain ? this.#attempts.delete(slot) : this.#attempts.write(slot, unknown)).catch(
        () => undefined,
      );
      if (!(error instanceof Failure) || isCertain) throw error;
      return this.#reconciliation.findCall(slot, unknown, keyed, operation);
    }
  }

  /** The outcome of an earlier attempt; waits for one that is active. */
  async #replay(slot: string, earlier: Attempt, keyed: KeyedCall, operation: Operation): Promise<Call> {
    const read = () =>
      this.#attempts.read(slot).catch((cause: unknown) => {
        throw toReadFailure(cause);
      });
    for (let attempt: Attempt | undefined = earlier; attempt; attempt = await read()) {
      if (attempt.call) return toReplayedCall(attempt.call, keyed.adapter.account);
      const isOver = attempt.state === 'unknown' || attempt.until <= this.#now();
      if (isOver) return this.#reconciliation.findCall(slot, attempt, keyed, operation);
      if (operation.signal.aborted) break;
      await sleep(pollInterval, operation.signal);
    }
    const message = 'An attempt with this idempotencyKey is under way, or has just failed.';
    throw new Refusal('CONFLICT', message, { field, retryAfter: 1 });
  }
}

/** A call as it was stored. Earlier versions did not name the provider in its details. */
function toReplayedCall(call: Omit<Call, 'account'>, account: Account): Call {
  return { ...call, account, details: { ...call.details, provider: account.provider } };
}
