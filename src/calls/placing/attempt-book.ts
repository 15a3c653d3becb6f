import { createHash } from 'node:crypto';
import type { Store } from '../../store/store.ts';
import type { Call } from '../call.ts';
import type { NewCall } from '../new-call.ts';
import { roomToLeave } from '../room-to-leave.ts';

const keptFor = 24 * 60 * 60 * 1000;

/** What is known of the one attempt that an idempotency key stands for. Times are epoch milliseconds. */
export interface Attempt {
  /** Digest of what was asked for. */
  readonly input: string;
  readonly sentAt: number;
  /** When whoever sends has given up for certain: behind it, `sending` is no better than `unknown`. */
  readonly until: number;
  readonly state: 'sending' | 'unknown' | 'placed';
  /** The call, once it is placed. */
  readonly call?: Omit<Call, 'account'>;
}

/** The attempts of the last 24 hours and which call belongs to which of them, kept in a `Store`. */
export class AttemptBook {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /**
   * Enters an attempt unless its slot is taken: then what stands there is given back.
   *
   * @throws StoreFull when no more attempts can be kept
   */
  async open(slot: string, attempt: Attempt): Promise<Attempt | undefined> {
    const present = await this.#store.setIfAbsent(slot, JSON.stringify(attempt), keptFor, roomToLeave.key);
    return present === undefined ? undefined : JSON.parse(present);
  }

  async read(slot: string): Promise<Attempt | undefined> {
    const text = await this.#store.get(slot);
    return text === undefined ? undefined : JSON.parse(text);
  }

  async write(slot: string, attempt: Attempt): Promise<void> {
    await this.#store.set(slot, JSON.stringify(attempt), keptFor);
  }

  async drop(slot: string): Promise<void> {
    await this.#store.delete(slot);
  }

  /** The slot of the attempt that has the call; undefined when none has. */
  async ownerOf({ account, providerCallId }: Call): Promise<string | undefined> {
    return this.#store.get(keyOf(account.key, providerCallId));
  }

  /** Whether the call is this attempt's, from now on or already: a call is of one attempt only. */
  async claim({ account, providerCallId }: Call, slot: string): Promise<boolean> {
    const owner = await this.#store.setIfAbsent(keyOf(account.key, providerCallId), slot, keptFor);
    return owner === undefined || owner === slot;
  }

  /** Notes that no attempt has the call, nor ever will. */
  async claimForNone({ account, providerCallId }: Call): Promise<void> {
    const key = keyOf(account.key, providerCallId);
    await this.#store.setIfAbsent(key, 'no key', keptFor, roomToLeave.unkeyed);
  }
}

function keyOf(accountKey: string, providerCallId: string): string {
  return `call:${accountKey}:${providerCallId}`;
}

/** Where an idempotency key of a caller stands in the book; the key itself is not kept. */
export function slotOf(accountKey: string, callerId: string, key: string): string {
  return `create:${accountKey}:${digest(JSON.stringify([callerId, key]))}`;
}

/** The same for the same input, in whatever order its members were written. */
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
