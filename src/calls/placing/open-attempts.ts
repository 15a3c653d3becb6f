import { createHash } from 'node:crypto';
import type { Store } from '../../store/store.ts';
import { StoreFull } from '../../store/store-failure.ts';
import { normalizeAddress } from '../address.ts';
import type { NewCall } from '../new-call.ts';
import type { Span } from './find-placed.ts';

const keptFor = 24 * 60 * 60 * 1000;
/** Of one pair of parties in one account; more of them cannot be told apart anyway. */
const mostOpen = 16;

interface Entry {
  readonly owner: string;
  readonly span: Span;
}

/**
 * Attempts at placing a call of which nobody knows yet what came, by account and parties. While there is
 * another one that may have placed a call, nobody can say whose it is.
 */
export class OpenAttempts {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /**
   * Enters an attempt, before it is sent. One that the store has no room for is not told from any other of its
   * account.
   *
   * @param parties as `partiesOf` gives it, here and below
   * @param owner unlike any other attempt's
   * @param leave the share of a bounded store that must still be free afterwards
   */
  async open(parties: string, owner: string, span: Span, leave = 0): Promise<void> {
    try {
      await this.#enter(parties, { owner, span }, leave);
    } catch (error) {
      if (!(error instanceof StoreFull)) throw error;
      await this.#enterUntold(parties, span.from);
    }
  }

  async #enter(parties: string, entry: Entry, leave: number): Promise<void> {
    const text = JSON.stringify(entry);
    const slots = slotsOf(parties);
    for (const slot of slots) {
      if ((await this.#store.setIfAbsent(slot, text, keptFor, leave)) === undefined) return;
    }
    // So many that one may have placed whatever is found from now on.
    const any = { owner: '', span: { from: 0, until: Number.MAX_SAFE_INTEGER } };
    await this.#store.set(slots.at(-1) as string, JSON.stringify(any), keptFor);
  }

  /** One entry for the account, kept for as long as the last of those it stands for would have been. */
  async #enterUntold(parties: string, from: number): Promise<void> {
    const key = untoldOf(parties);
    const text = JSON.stringify({ owner: '', span: { from, until: Number.MAX_SAFE_INTEGER } });
    const present = await this.#store.setIfAbsent(key, text, keptFor);
    if (present !== undefined) await this.#store.set(key, present, keptFor);
  }

  /** The attempt has got no answer, and cannot arrive any more once `span` is over. */
  async bound(parties: string, owner: string, span: Span): Promise<void> {
    const slot = await this.#slotOf(parties, owner);
    if (slot !== undefined) await this.#store.set(slot, JSON.stringify({ owner, span }), keptFor);
  }

  /** It is known which call the attempt has placed, and noted as its own; or that it has placed none. */
  async close(parties: string, owner: string): Promise<void> {
    const slot = await this.#slotOf(parties, owner);
    if (slot !== undefined) await this.#store.delete(slot);
  }

  /** When others than the owner's may have placed a call. */
  async others(parties: string, owner: string): Promise<Span[]> {
    const slots = [...slotsOf(parties), untoldOf(parties)];
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
 * Who is called by whom at which account; no number is in it. Of a SIP address some providers record no more
 * than the user, so that is all by which attempts are told apart.
 */
export function partiesOf(accountKey: string, { from, to }: NewCall): string {
  const text = JSON.stringify([userOf(from), userOf(to)]);
  return `${accountKey}:${createHash('sha256').update(text).digest('base64url')}`;
}

/** `bob` of `client:bob` and of `sip:bob:secret@host;transport=tcp`. */
function userOf(address: string): string {
  const [user = ''] = address
    .trim()
    .replace(/^(client|sips?):/i, '')
    .split(/[@:;?]/);
  return normalizeAddress(user).toLowerCase();
}

function untoldOf(parties: string): string {
  return `open:${parties.slice(0, parties.indexOf(':'))}`;
}

function slotsOf(parties: string): string[] {
  return Array.from({ length: mostOpen }, (_, i) => `open:${parties}:${i}`);
}
