import { createHash } from 'node:crypto';
import type { Store } from '../../store/store.ts';
import { StoreFull } from '../../store/store-failure.ts';
import { normalizeAddress } from '../address.ts';
import type { NewCall } from '../new-call.ts';
import type { TimeSpan } from './find-placed.ts';

/** Milliseconds that an attempt with an unknown outcome stays in the store. */
const timeToLive = 24 * 60 * 60 * 1000;
/** The most entries of one pair of parties in one account. More are not distinguished. */
const maxEntries = 16;

/** An attempt at placing a call, and when its request may reach the provider. */
interface Entry {
  readonly owner: string;
  readonly span: TimeSpan;
}

/**
 * The attempts at placing a call whose outcome is not known yet, by account and parties. While another attempt may
 * have placed a call that is found, reconciliation cannot decide whose call it is. All methods reject with
 * `StoreFailure` when the store does.
 */
export class PendingAttempts {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /**
   * Adds an attempt, before it is sent. If the store has no room for it, one shared entry stands for all such attempts
   * of the account.
   *
   * @param parties of `toPartiesKey`; likewise below
   * @param owner unique to the attempt
   * @param reserve the share of a bounded store that must stay free
   */
  async add(parties: string, owner: string, span: TimeSpan, reserve = 0): Promise<void> {
    try {
      await this.#addEntry(parties, { owner, span }, reserve);
    } catch (error) {
      if (!(error instanceof StoreFull)) throw error;
      await this.#addShared(parties, span.from);
    }
  }

  async #addEntry(parties: string, entry: Entry, reserve: number): Promise<void> {
    const text = JSON.stringify(entry);
    const slots = slotsOf(parties);
    for (const slot of slots) {
      if ((await this.#store.setIfAbsent(slot, text, timeToLive, reserve)) === undefined) return;
    }
    // All slots are taken: from now on, any call of these parties may belong to another attempt.
    const any = { owner: '', span: { from: 0, until: Number.MAX_SAFE_INTEGER } };
    await this.#store.set(slots.at(-1) as string, JSON.stringify(any), timeToLive);
  }

  /** Adds the shared entry of the account, or extends its time to live to that of the new attempt. */
  async #addShared(parties: string, from: number): Promise<void> {
    const key = sharedSlotOf(parties);
    const text = JSON.stringify({ owner: '', span: { from, until: Number.MAX_SAFE_INTEGER } });
    const present = await this.#store.setIfAbsent(key, text, timeToLive);
    if (present !== undefined) await this.#store.set(key, present, timeToLive);
  }

  /** Narrows the time span of an attempt that got no answer: it cannot arrive after the span. */
  async narrow(parties: string, owner: string, span: TimeSpan): Promise<void> {
    const slot = await this.#slotOf(parties, owner);
    if (slot !== undefined) await this.#store.set(slot, JSON.stringify({ owner, span }), timeToLive);
  }

  /** Removes an attempt that has placed nothing, or whose call is recorded as its own. */
  async remove(parties: string, owner: string): Promise<void> {
    const slot = await this.#slotOf(parties, owner);
    if (slot !== undefined) await this.#store.delete(slot);
  }

  /** The time spans of all attempts but the owner's. */
  async others(parties: string, owner: string): Promise<TimeSpan[]> {
    const slots = [...slotsOf(parties), sharedSlotOf(parties)];
    const entries = await Promise.all(slots.map((slot) => this.#read(slot)));
    return entries.flatMap((entry) => (entry === undefined || entry.owner === owner ? [] : [entry.span]));
  }

  async #slotOf(parties: string, owner: string): Promise<string | undefined> {
    for (const slot of slotsOf(parties)) {
      if ((await this.#read(slot))?.owner === owner) return slot;
    }
    return undefined;
  }

  async #read(slot: string): Promise<Entry | undefined> {
    const text = await this.#store.get(slot);
    return text === undefined ? undefined : JSON.parse(text);
  }
}

/**
 * The account and a digest of the two parties; contains no number. Of a SIP address only the user counts, since some
 * providers record no more than that.
 */
export function toPartiesKey(accountKey: string, { from, to }: NewCall): string {
  const text = JSON.stringify([toUser(from), toUser(to)]);
  return `${accountKey}:${createHash('sha256').update(text).digest('base64url')}`;
}

/** `bob` of `client:bob` and of `sip:bob:secret@host;transport=tcp`. */
function toUser(address: string): string {
  const [user = ''] = address
    .trim()
    .replace(/^(client|sips?):/i, '')
    .split(/[@:;?]/);
  return normalizeAddress(user).toLowerCase();
}

function sharedSlotOf(parties: string): string {
  return `open:${parties.slice(0, parties.indexOf(':'))}`;
}

function slotsOf(parties: string): string[] {
  return Array.from({ length: maxEntries }, (_, i) => `open:${parties}:${i}`);
}
