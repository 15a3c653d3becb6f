import { createHash } from 'node:crypto';
import type { Store } from '../../store/store.ts';
import type { Call } from '../call.ts';
import type { NewCall } from '../new-call.ts';
import { storeReserve } from './store-reserve.ts';

/** Milliseconds that an idempotency key and its attempt are kept. */
const timeToLive = 24 * 60 * 60 * 1000;

/** The one attempt at placing a call that an idempotency key allows. Times are milliseconds since the epoch. */
export interface Attempt {
  /** Digest of the input: see `digestOf`. */
  readonly input: string;
  readonly sentAt: number;
  /** When the sending process has given up for certain. After it, `sending` is treated as `unknown`. */
  readonly until: number;
  readonly state: 'sending' | 'unknown' | 'placed';
  /** The provider's id of the error that left the attempt `unknown`. */
  readonly providerErrorId?: string | undefined;
  /** The call, once it is placed. */
  readonly call?: Omit<Call, 'account'>;
}

/**
 * Records for 24 hours, in a `Store`, the attempt of each idempotency key and the attempt that each call belongs to. A
 * slot is the store key of an attempt: see `slotOf`. All methods reject with `StoreFailure` when the store does.
 */
export class AttemptStore {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /**
   * Records an attempt, unless its slot is taken. Then returns the attempt in it.
   *
   * @throws StoreFull when there is no room
   */
  open(slot: string, attempt: Attempt): Promise<Attempt | undefined> {
    return this.#store
      .setIfAbsent(slot, JSON.stringify(attempt), timeToLive, storeReserve.keyed)
      .then(toAttempt);
  }

  /** The attempt in the slot, or undefined. */
  read(slot: string): Promise<Attempt | undefined> {
    return this.#store.get(slot).then(toAttempt);
  }

  /** Replaces the attempt in the slot. */
  async write(slot: string, attempt: Attempt): Promise<void> {
    await this.#store.set(slot, JSON.stringify(attempt), timeToLive);
  }

  /** Frees the slot, so that its idempotency key can be used again. */
  async delete(slot: string): Promise<void> {
    await this.#store.delete(slot);
  }

  /** The slot of the attempt that the call belongs to; undefined when there is none. */
  async ownerOf({ account, providerCallId }: Call): Promise<string | undefined> {
    return this.#store.get(toCallKey(account.key, providerCallId));
  }

  /** Assigns the call to the attempt; false when it belongs to another one. */
  async claim({ account, providerCallId }: Call, slot: string): Promise<boolean> {
    const owner = await this.#store.setIfAbsent(toCallKey(account.key, providerCallId), slot, timeToLive);
    return owner === undefined || owner === slot;
  }

  /** Records that the call was placed without an idempotency key, so that no attempt can claim it. */
  async claimForNone({ account, providerCallId }: Call): Promise<void> {
    const key = toCallKey(account.key, providerCallId);
    await this.#store.setIfAbsent(key, 'no key', timeToLive, storeReserve.unkeyed);
  }
}

function toAttempt(text: string | undefined): Attempt | undefined {
  return text === undefined ? undefined : JSON.parse(text);
}

function toCallKey(accountKey: string, providerCallId: string): string {
  return `call:${accountKey}:${providerCallId}`;
}

/** The slot of a caller's idempotency key at an account. Contains a digest only, not the key. */
export function slotOf(accountKey: string, callerId: string, key: string): string {
  return `create:${accountKey}:${digest(JSON.stringify([callerId, key]))}`;
}

/** A digest of the input that does not depend on the order of its members. */
export function digestOf(call: NewCall): string {
  return digest(
    JSON.stringify(call, (_, inner: unknown) =>
      inner !== null && typeof inner === 'object' && !Array.isArray(inner)
        ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
        : inner,
    ),
  );
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
