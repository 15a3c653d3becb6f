import { toKeyName } from '../../store/key-name.ts';
import type { Store, Write } from '../../store/store.ts';
import { normalizeAddress } from '../address.ts';
import type { NewCall } from '../new-call.ts';
import { sha256 } from '../sha256.ts';
import type { TimeSpan } from './find-placed.ts';

/** Milliseconds that an attempt with an unknown outcome stays in the store. */
const timeToLive = 24 * 60 * 60 * 1000;

/**
 * An attempt at placing a call whose outcome is not known yet. While another attempt may have placed a call that is found,
 * reconciliation cannot decide whose call it is. All functions reject with `StoreFailure` when the store does.
 */
interface Pending {
  /** Of `toPartiesKey`. */
  readonly parties: string;
  /** Unique to the attempt. */
  readonly owner: string;
}

/**
 * What is written to add an attempt, or to narrow the time span in which its request may arrive; without a span, to remove
 * an attempt that has placed nothing, or whose call is recorded as its own.
 */
export function toPendingWrite({ parties, owner }: Pending, span?: TimeSpan): Write {
  return { key: parties, member: owner, value: span && JSON.stringify(span), timeToLive };
}

/**
 * Adds to an entry that stands for all attempts of the account for which there was no room, or extends its time to live to
 * that of the new attempt.
 */
export async function addSharedAttempt(store: Store, parties: string, from: number): Promise<void> {
  const key = sharedKeyOf(parties);
  const text = JSON.stringify({ from, until: Number.MAX_SAFE_INTEGER });
  const present = await store.setIfAbsent(key, text, timeToLive);
  if (present !== undefined) await store.set(key, present, timeToLive);
}

/** The time spans of all pending attempts at a call of the same parties, but this one's. */
export async function otherAttempts(store: Store, { parties, owner }: Pending): Promise<TimeSpan[]> {
  const [members, shared] = await Promise.all([store.members(parties), store.get(sharedKeyOf(parties))]);
  const spans = [...members].flatMap(([member, span]) => (member === owner ? [] : [toSpan(member, span)]));
  return shared === undefined ? spans : [...spans, JSON.parse(shared)];
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
