import type { Cipher } from '../../store/cipher.ts';
import { toKeyName } from '../../store/key-name.ts';
import type { Call } from '../call.ts';
import { sha256 } from '../sha256.ts';

/** The one attempt at placing a call that an idempotency key allows. Times are milliseconds since the epoch. */
export interface Attempt {
  /** Digest of the input: see `digestOf`. Undefined if it cannot be decrypted any more. */
  readonly input: string | undefined;
  readonly sentAt: number;
  /** When the sending process has given up for certain. After it, `sending` is treated as `unknown`. */
  readonly until: number;
  readonly state: 'sending' | 'unknown' | 'placed';
  /** The provider's id of the error that left the attempt `unknown`. */
  readonly providerErrorId?: string | undefined;
  /** The `traceparent` of the operation that made it, for replays to link to. Earlier versions ignore it. */
  readonly trace?: string | undefined;
  /** The call, once it is placed. Undefined if it cannot be decrypted any more. */
  readonly call?: Omit<Call, 'account'> | undefined;
}

/** The attempt as it is stored under a key. With a cipher, all that tells of the call is encrypted. */
export function toText({ sentAt, until, state, ...secret }: Attempt, key: string, cipher?: Cipher): string {
  if (cipher === undefined) return JSON.stringify({ sentAt, until, state, ...secret });
  return JSON.stringify({ sentAt, until, state, encrypted: cipher.encrypt(JSON.stringify(secret), key) });
}

/** An attempt of which nothing is known: its call can neither be found nor placed again. */
const unreadable: Attempt = { input: undefined, sentAt: 0, until: 0, state: 'unknown' };

/** The attempt that was stored; whatever else the text is, it keeps the key from being used again. */
export function toAttempt(text: string, key: string, cipher?: Cipher): Attempt {
  try {
    const { encrypted, ...stored } = JSON.parse(text);
    if (typeof stored.sentAt !== 'number' || typeof stored.until !== 'number') return unreadable;
    const secret = encrypted === undefined ? undefined : cipher?.decrypt(encrypted, key);
    return { input: undefined, ...stored, ...(secret !== undefined && JSON.parse(secret)) };
  } catch {
    return unreadable;
  }
}

/** The store key of a caller's idempotency key at an account. Contains a digest only, not the key. */
export function slotOf(accountKey: string, callerId: string, key: string): string {
  return toKeyName(accountKey, 'create', digestOfKey(callerId, key));
}

/**
 * The same as versions before `v1` name it, so that a key is used once while processes of both versions run. No
 * secret of ours is part of either: a secret may be replaced within the 24 hours of a key.
 */
export function earlierSlotOf(accountKey: string, callerId: string, key: string): string {
  return `create:${accountKey}:${digestOfKey(callerId, key)}`;
}

function digestOfKey(callerId: string, key: string): string {
  return sha256(JSON.stringify([callerId, key]));
}

/** A digest that does not depend on the order of members. */
export function digestOf(input: object): string {
  return sha256(
    JSON.stringify(input, (_, inner: unknown) =>
      inner !== null && typeof inner === 'object' && !Array.isArray(inner)
        ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
        : inner,
    ),
  );
}
