import { toKeyName } from '../../store/key-name.ts';
import type { Store, Write } from '../../store/store.ts';
import { normalizeAddress } from '../address.ts';
import type { NewCall } from '../new-call.ts';
import { sha256 } from '../sha256.ts';
import type { TimeSpan } from './find-placed.ts';

/** Milliseconds that an attempt with an unknown outcome stays in the store. */
const timeToLive = 24 * 60 * 60 * 1000;

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
   * What is written to add an attempt, or to narrow the time span in which its request may arrive; without a span, to
   * remove an attempt that has placed nothing, or whose call is recorded as its own.
   *
   * @param parties of `toPartiesKey`; likewise below
   * @param owner unique to the attempt
   */
  toWrite(parties: string, owner: string, span?: TimeSpan): Write {
    return { key: parties, member: owner, value: span && JSON.stringify(span), timeToLive };
  }

  /**
   * Adds to an entry that stands for all attempts of the account for which there was no room, or extends its time to
   * live to that of the new attempt.
   */
  async addShared(parties: string, from: number): Promise<void> {
    const key = sharedKeyOf(parties);
    const text = JSON.stringify({ from, until: Number.MAX_SAFE_INTEGER });
    const present = await this.#store.setIfAbsent(key, text, timeToLive);
    if (present !== undefined) await this.#store.set(key, present, timeToLive);
  }

  /** The time spans of all attempts but the owner's. */
  async others(parties: string, owner: string): Promise<TimeSpan[]> {
    const [members, shared] = await Promise.all([
      this.#store.members(parties),
      this.#store.get(sharedKeyOf(parties)),
    ]);
    const spans = [...members].flatMap(([member, span]) => (member === owner ? [] : [toSpan(member, span)]));
    return shared === undefined ? spans : [...spans, JSON.parse(shared)];
  }
}

/** More attempts than the store tells apart are one member without a name, which may have placed any call. */
function toSpan(member: string, span: string): TimeSpan {
  return member === '' ? { from: 0, until: Number.MAX_SAFE_INTEGER } : JSON.parse(span);
}

/**
 * The store key of an account and two parties; contains a digest, and no number. Of a SIP address only the user counts,
 * since some providers record no more than that.
 */
export function toPartiesKey(accountKey: string, { from, to }: NewCall, digest = sha256): string {
  return toKeyName(accountKey, 'open', digest(JSON.stringify([toUser(from), toUser(to)])));
}

/** `bob` of `client:bob` and of `sip:bob:secret@host;transport=tcp`. */
function toUser(address: string): string {
  const [user = ''] = address
    .trim()
    .replace(/^(client|sips?):/i, '')
    .split(/[@:;?]/);
  return normalizeAddress(user).toLowerCase();
}

function sharedKeyOf(parties: string): string {
  return parties.slice(0, parties.lastIndexOf(':'));
}
