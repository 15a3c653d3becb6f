import { hash } from 'node:crypto';
import { z } from 'zod';
import { Refusal } from '../../calls/failure.ts';
import type { ListScope, Place } from '../../calls/lists/connection.ts';
import { compareTexts } from '../../calls/order.ts';
import type { Position } from '../../calls/page.ts';

/**
 * Cursors (Relay Cursor Connections, section 3): a place in a list, opaque to clients, with the list it
 * belongs to. Base64url of a digest and a JSON array:
 *
 *     digest (9 bytes)  over the list's fingerprint and the text that follows, so that a damaged cursor and one
 *                       of another list are told apart from a good one
 *     [createdAt, accountKey, providerCallId, hints?, direction?, apart?, told?]
 */
const version = 1;
const digestBytes = 9;

const instant = z.iso.datetime({ precision: 3 });
const text = z.string().max(1000);
/** Has a token of the provider's in it, of which nobody says how long it is. */
const hint = z.string().max(5000);
const packed = z.tuple([
  instant.nullable(),
  text,
  text,
  z.array(z.tuple([text, hint])).optional(),
  z.enum(['forward', 'backward']).nullable().optional(),
  z.array(z.tuple([text, instant.nullable().optional(), text.optional()])).optional(),
  z.array(z.string().length(8)).max(100).optional(),
]);

/** createdAt, account key, provider id; hints; direction and positions of the accounts that stand apart; marks. */
type Packed = z.infer<typeof packed>;

export function encodeCursor(scope: ListScope, place: Place): string {
  const text = Buffer.from(JSON.stringify(pack(place)));
  return Buffer.concat([digest(scope, text), text]).toString('base64url');
}

/**
 * @param field the argument that the cursor was given in
 * @throws Refusal INVALID_INPUT when it is damaged, or was given out for another list
 */
export function decodeCursor(scope: ListScope, cursor: string, field: 'after' | 'before'): Place {
  const bytes = Buffer.from(cursor, 'base64url');
  const text = bytes.subarray(digestBytes);
  if (bytes.toString('base64url') === cursor && digest(scope, text).equals(bytes.subarray(0, digestBytes))) {
    // The digest holds no secret, so a cursor may also be made up.
    const checked = packed.safeParse(parse(text.toString()));
    if (checked.success) return unpack(checked.data);
  }
  throw new Refusal(
    'INVALID_INPUT',
    `\`${field}\` is not a cursor of this list: it is damaged, or was given out for other accounts, another filter or another order.`,
    { field: [field] },
  );
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function pack({ key, hints, apart, told = [] }: Place): Packed {
  const packed: Packed = [key.createdAt, key.accountKey, key.providerCallId];
  if (hints !== undefined || apart !== undefined || told.length > 0) packed.push([...(hints ?? [])]);
  if (apart !== undefined) {
    const positions = [...apart.positions].map(([account, at]): NonNullable<Packed[5]>[number] =>
      at === null ? [account] : [account, at.createdAt, at.providerCallId],
    );
    packed.push(apart.direction, positions);
  }
  if (told.length > 0) {
    if (apart === undefined) packed.push(null, []);
    packed.push([...told]);
  }
  return packed;
}

function unpack(packed: Packed): Place {
  const [createdAt, accountKey, providerCallId, hints = [], direction, apart = [], told = []] = packed;
  const positions = apart.map(([account, at = null, id]): [string, Position | null] => [
    account,
    id === undefined ? null : { createdAt: at, providerCallId: id },
  ]);
  return {
    key: { createdAt, accountKey, providerCallId },
    ...(hints.length > 0 && { hints: new Map(hints) }),
    ...(direction && { apart: { direction, positions: new Map(positions) } }),
    ...(told.length > 0 && { told }),
  };
}

function digest({ fingerprint }: ListScope, text: Buffer): Buffer {
  return hash('sha256', Buffer.concat([Buffer.from(fingerprint), text]), 'buffer').subarray(0, digestBytes);
}

/** What the cursors of a list are bound to: its accounts, filter and order. */
export function fingerprintOf({ accounts, order, filter }: Omit<ListScope, 'fingerprint'>): string {
  const keys = accounts.map(({ key }) => key).sort();
  const narrowed = Object.entries(filter).sort(([a], [b]) => compareTexts(a, b));
  const text = JSON.stringify([version, order, keys, narrowed]);
  return hash('sha256', text, 'base64url');
}
