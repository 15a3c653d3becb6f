import type { Cipher } from '../../store/cipher.ts';
import { toKeyName } from '../../store/key-name.ts';
import type { Guard, Store, Write } from '../../store/store.ts';
import { StoreFull } from '../../store/store-failure.ts';
import type { Call } from '../call.ts';
import { sha256 } from '../sha256.ts';
import { type Attempt, toAttempt, toText } from './attempt.ts';
import type { TimeSpan } from './find-placed.ts';
import { addSharedAttempt, otherAttempts, toPendingWrite } from './pending-attempts.ts';
import { storeReserve } from './store-reserve.ts';

/** Milliseconds that an idempotency key and its attempt are kept. */
const timeToLive = 24 * 60 * 60 * 1000;

/** Where an attempt stands in the store. */
export interface Place {
  readonly accountKey: string;
  /** Unique to the attempt. */
  readonly owner: string;
  /** Of `toPartiesKey`. */
  readonly parties: string;
  /** The store key of its idempotency key, see `slotOf`; undefined without one. */
  readonly slot: string | undefined;
  /** The same as earlier versions name it: see `earlierSlotOf`. */
  readonly earlierSlot?: string | undefined;
}

/** What an `AttemptStore` has to know of the processes that share its store. */
export interface AttemptStoreOptions {
  /** Encrypts what tells of the calls of an account; absent if the store is this process's memory. */
  readonly cipherOf?: ((accountKey: string) => Cipher | undefined) | undefined;
  /** Whether processes of a version before `v1` may use the store, or have in the last 24 hours. */
  readonly hasEarlierKeys?: boolean;
  /** What is written besides once a call is placed. */
  readonly alsoWrite?: ((call: Call) => Write | undefined) | undefined;
}

/**
 * Records for 24 hours the attempt of each idempotency key, all attempts whose outcome is not known yet, and the
 * attempt that each call belongs to. What changes together is written in one step, which is one round trip. All methods
 * reject with `StoreFailure` when the store does.
 */
export class AttemptStore {
  readonly #store: Store;
  readonly #options: AttemptStoreOptions;

  constructor(store: Store, options: AttemptStoreOptions = {}) {
    this.#store = store;
    this.#options = options;
  }

  /**
   * Records an attempt that is about to be sent, unless its slot is taken. Then returns the attempt in it.
   *
   * @throws StoreFull when there is no room
   */
  async open(place: Place, slot: string, attempt: Attempt): Promise<[Place, Attempt] | undefined> {
    const { earlierSlot } = place;
    const span = { from: attempt.sentAt, until: attempt.until };
    const unless: Guard[] = [{ key: slot }];
    const writes = [this.#toWrite(place, slot, attempt), toPendingWrite(place, span)];
    if (earlierSlot !== undefined) {
      unless.push({ key: earlierSlot });
      writes.push({ key: earlierSlot, value: toText({ ...attempt, input: '' }, earlierSlot), timeToLive });
    }
    const present = await this.#store.write({ unless, writes, reserve: storeReserve.keyed });
    if (present === undefined) return undefined;
    const found = { ...place, owner: present.key, slot: present.key, earlierSlot: undefined };
    return [found, toAttempt(present.value, present.key, this.#options.cipherOf?.(place.accountKey))];
  }

  /** Records an attempt without a key that is about to be sent. If there is no room, as one of many. */
  async enter(place: Place, span: TimeSpan): Promise<void> {
    const writes = [toPendingWrite(place, span)];
    try {
      await this.#store.write({ writes, reserve: storeReserve.unkeyed });
    } catch (error) {
      if (!(error instanceof StoreFull)) throw error;
      await addSharedAttempt(this.#store, place.parties, span.from);
    }
  }

  /** The attempt in the slot, or undefined. */
  async read(place: Place, slot: string): Promise<Attempt | undefined> {
    const text = await this.#store.get(slot);
    return text === undefined ? undefined : toAttempt(text, slot, this.#options.cipherOf?.(place.accountKey));
  }

  /** Records that the attempt has placed the call; false when the call belongs to another attempt. */
  async place(place: Place, attempt: Attempt | undefined, { account, ...call }: Call): Promise<boolean> {
    const { slot } = place;
    const value = slot ?? 'no key';
    const also = this.#options.alsoWrite?.({ account, ...call });
    const writes = also === undefined ? [toPendingWrite(place)] : [toPendingWrite(place), also];
    if (slot !== undefined && attempt !== undefined) {
      writes.push(this.#toWrite(place, slot, { ...attempt, state: 'placed', call }));
    }
    const reserve = slot === undefined ? storeReserve.unkeyed : 0;
    const keys = this.#toCallKeys(account.key, call.providerCallId);
    const claims = keys.map((key) => ({ key, value, timeToLive }));
    const present = await this.#store.write({ unless: claims, writes: [...claims, ...writes], reserve });
    // Without a key, the call is only kept from being taken for that of a key.
    if (present !== undefined && slot === undefined) await this.#store.write({ writes });
    return present === undefined;
  }

  /** Records that the outcome is unknown: the request cannot arrive after `span`. */
  async leave(place: Place, attempt: Attempt | undefined, span: TimeSpan): Promise<void> {
    const { slot } = place;
    const own = slot && attempt ? [this.#toWrite(place, slot, attempt)] : [];
    await this.#store.write({ writes: [...own, toPendingWrite(place, span)] });
  }

  /** Removes an attempt that has placed nothing, so that its idempotency key can be used again. */
  async free(place: Place): Promise<void> {
    const slots = [place.slot, place.earlierSlot].filter((key) => key !== undefined);
    const writes = slots.map((key) => ({ key, timeToLive }));
    await this.#store.write({ writes: [...writes, toPendingWrite(place)] });
  }

  /** The time spans of all pending attempts at a call of the same parties, but this one's. */
  others(place: Place): Promise<TimeSpan[]> {
    return otherAttempts(this.#store, place);
  }

  /** The owner of the attempt that the call belongs to; undefined when there is none. */
  async ownerOf({ account, providerCallId }: Call): Promise<string | undefined> {
    for (const key of this.#toCallKeys(account.key, providerCallId)) {
      const owner = await this.#store.get(key);
      if (owner !== undefined) return owner;
    }
    return undefined;
  }

  /** Where the owner of a call stands; earlier versions look for it by the second name. */
  #toCallKeys(accountKey: string, providerCallId: string): string[] {
    const key = toKeyName(accountKey, 'call', sha256(providerCallId));
    return this.#options.hasEarlierKeys ? [key, `call:${accountKey}:${providerCallId}`] : [key];
  }

  #toWrite(place: Place, key: string, attempt: Attempt): Write {
    return { key, value: toText(attempt, key, this.#options.cipherOf?.(place.accountKey)), timeToLive };
  }
}
