import { randomUUID } from 'node:crypto';
import { sleep } from '../../runtime/sleep.ts';
import type { Store } from '../../store/store.ts';
import type { Account } from '../account.ts';
import type { Call } from '../call.ts';
import { Failure, Refusal } from '../failure.ts';
import type { Operation } from '../operation.ts';
import { type Attempt, digestOf, earlierSlotOf, slotOf } from './attempt.ts';
import { AttemptStore, type AttemptStoreOptions, type Place } from './attempt-store.ts';
import { keyField, toReadFailure, toWriteFailure } from './key-failures.ts';
import { toPartiesKey } from './pending-attempts.ts';
import { Reconciliation } from './reconciliation.ts';
import { type CreateRequest, isNotPlaced, sendCall, toUnknown } from './send-call.ts';

/** Milliseconds between two reads of an attempt that another request is making. */
const pollInterval = 50;

/** Times in milliseconds. */
export interface IdempotencyOptions extends AttemptStoreOptions {
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
  readonly #options: IdempotencyOptions;
  readonly #lease: number;
  readonly #reconciliation: Reconciliation;
  readonly #now: () => number;

  constructor(store: Store, options: IdempotencyOptions = {}) {
    this.#attempts = new AttemptStore(store, options);
    this.#options = options;
    this.#lease = options.lease ?? 60_000;
    this.#now = options.now ?? Date.now;
    const delays = options.lookupDelays ?? [250, 750, 1500];
    this.#reconciliation = new Reconciliation(this.#attempts, delays);
  }

  /**
   * Places a call without a key. It is recorded, so that no key's attempt claims it.
   *
   * @throws Failure, or another error, exactly as `adapter.create` does
   */
  async place(request: CreateRequest, operation: Operation): Promise<PlacedCall> {
    const place = this.#placeOf(request, `no key: ${randomUUID()}`);
    const from = this.#now();
    // A store that fails keeps no call without a key from being placed.
    await this.#attempts.enter(place, { from, until: from + this.#lease }).catch(() => undefined);
    const call = await sendCall(this.#attempts, place, undefined, request, operation, this.#now);
    return { call, replayed: false };
  }

  /**
   * Places a call, unless its key was used before: then returns the call of that attempt.
   *
   * @throws Failure CONFLICT for a key that was used with another input, or whose attempt is still active at the
   *   deadline; RATE_LIMITED when the store is full, PROVIDER_UNAVAILABLE when it fails; OUTCOME_UNKNOWN when it is not
   *   known whether the call was placed; and as `adapter.create` does
   */
  async placeOnce(keyed: KeyedCall, operation: Operation): Promise<PlacedCall> {
    const of = [keyed.adapter.account.key, keyed.callerId, keyed.key] as const;
    const slot = slotOf(...of);
    const earlierSlot = this.#options.hasEarlierKeys ? earlierSlotOf(...of) : undefined;
    const place = { ...this.#placeOf(keyed, slot), slot, earlierSlot };
    const sentAt = this.#now();
    const input = digestOf(keyed.call);
    const trace = operation.span?.traceparent;
    const own: Attempt = { input, sentAt, until: sentAt + this.#lease, state: 'sending', trace };
    const earlier = await this.#attempts.open(place, slot, own).catch((cause: unknown) => {
      this.#options.onStoreFailure?.(cause);
      throw toWriteFailure(cause);
    });
    if (earlier === undefined) {
      return { call: await this.#attempt(place, own, keyed, operation), replayed: false };
    }
    const [found, attempt] = earlier;
    if (attempt.input !== undefined && attempt.input !== input) {
      throw new Refusal('CONFLICT', 'This idempotencyKey was used for another call.', { field: keyField });
    }
    if (attempt.trace !== undefined) operation.span?.linkTo(attempt.trace);
    return { call: await this.#replay(found, attempt, keyed, operation), replayed: true };
  }

  #placeOf({ adapter: { account }, call }: CreateRequest, owner: string): Place {
    const cipher = this.#options.cipherOf?.(account.key);
    const parties = toPartiesKey(account.key, call, cipher && ((text) => cipher.digest(text)));
    return { accountKey: account.key, owner, parties, slot: undefined };
  }

  async #attempt(place: Place, own: Attempt, keyed: KeyedCall, operation: Operation): Promise<Call> {
    try {
      return await sendCall(this.#attempts, place, own, keyed, operation, this.#now);
    } catch (error) {
      if (!(error instanceof Failure) || isNotPlaced(error)) throw error;
      return this.#reconciliation.findCall(place, toUnknown(own, error, this.#now()), keyed, operation);
    }
  }

  /** The outcome of an earlier attempt; waits for one that is active. */
  async #replay(place: Place, earlier: Attempt, keyed: KeyedCall, operation: Operation): Promise<Call> {
    const read = () =>
      this.#attempts.read(place, place.owner).catch((cause: unknown) => {
        throw toReadFailure(cause);
      });
    for (let attempt: Attempt | undefined = earlier; attempt; attempt = await read()) {
      if (attempt.call) return toReplayedCall(attempt.call, keyed.adapter.account);
      const isOver = attempt.state !== 'sending' || attempt.until <= this.#now();
      if (isOver) return this.#reconciliation.findCall(place, attempt, keyed, operation);
      if (operation.signal.aborted) break;
      await sleep(pollInterval, operation.signal);
    }
    const message = 'An attempt with this `idempotencyKey` is under way, or has just failed.';
    throw new Refusal('CONFLICT', message, { field: keyField, retryAfter: 1 });
  }
}

/** A call as it was stored. Earlier versions did not name the provider in its details. */
function toReplayedCall(call: Omit<Call, 'account'>, account: Account): Call {
  return { ...call, account, details: { ...call.details, provider: account.provider } };
}
