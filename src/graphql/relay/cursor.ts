import { hash } from 'node:crypto';
import { Refusal } from '../../calls/failure.ts';
import type { ListCursor, ListScope } from '../../calls/lists/connection.ts';
import { compareTexts } from '../../calls/order.ts';
import { packCursor, unpackCursor } from './packed-cursor.ts';

/** Version 1 was a JSON array. Part of the fingerprint, so that cursors of other versions are refused. */
const version = 2;
/** Hexadecimal digits. */
const digestDigits = 18;
/** Characters of a cursor up to which it takes digests of reported rows: for one account, and for each further one. */
const [wanted, wantedPerAccount] = [120, 40];
/** Characters. Longer than any cursor with ids of 512 bytes, for the list itself and for each account. */
const longest = 1_000;

/**
 * Encodes a position in the list of `scope` (Relay Cursor Connections, section 3). A cursor is opaque to clients and
 * valid for that list only: the Base64url encoding of a digest (9 bytes) and of what `packCursor` writes. The digest,
 * over the list's fingerprint and the rest, detects damaged cursors and those of other lists.
 *
 * With a call id of Bandwidth or Restcomm and no other parts, a cursor has 44 to 66 characters.
 */
export function encodeCursor({ fingerprint, keys }: ListScope, cursor: ListCursor): string {
  const characters = wanted + wantedPerAccount * (keys.length - 1);
  const packed = packCursor(cursor, keys, Math.floor(1.5 * characters) - digestDigits - 2);
  const even = packed.length % 2 === 0 ? packed : `${packed}0`;
  return Buffer.from(digestOf(fingerprint, even) + even, 'hex').toString('base64url');
}

/**
 * Decodes a cursor that `encodeCursor` made for the same list.
 *
 * @param field the argument that has the cursor
 * @throws Refusal INVALID_INPUT if it is damaged, or belongs to another list or an earlier version
 */
export function decodeCursor(scope: ListScope, cursor: string, field: 'after' | 'before'): ListCursor {
  const { fingerprint, keys } = scope;
  const bytes = Buffer.from(cursor.length <= longest * (keys.length + 1) ? cursor : '', 'base64url');
  const text = bytes.toString('hex');
  const packed = text.slice(digestDigits);
  try {
    if (bytes.toString('base64url') === cursor && text.startsWith(digestOf(fingerprint, packed))) {
      return unpackCursor(packed, keys);
    }
  } catch (error) {
    // The digest has no secret key, so a client can forge a cursor.
    if (!(error instanceof RangeError)) throw error;
  }
  throw new Refusal(
    'INVALID_INPUT',
    `\`${field}\` is not a cursor of this list: it is damaged, or was given out by an earlier version, or for other accounts, another filter or another order.`,
    { field: [field] },
  );
}

function digestOf(fingerprint: string, packed: string): string {
  return hash('sha256', fingerprint + packed).slice(0, digestDigits);
}

/** The list of these accounts, filter and order, with what its cursors are bound to. */
export function toListScope(list: Omit<ListScope, 'keys' | 'fingerprint'>): ListScope {
  const keys = list.accounts.map(({ key }) => key).sort(compareTexts);
  const narrowed = Object.entries(list.filter).sort(([a], [b]) => compareTexts(a, b));
  const text = JSON.stringify([version, list.order, keys, narrowed]);
  return { ...list, keys, fingerprint: hash('sha256', text, 'base64url') };
}
