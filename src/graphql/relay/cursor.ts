import { hash } from 'node:crypto';
import { z } from 'zod';
import { Refusal } from '../../calls/failure.ts';
import type { ListCursor, ListScope } from '../../calls/lists/connection.ts';
import { compareTexts } from '../../calls/order.ts';
import type { Position } from '../../calls/page.ts';

/**
 * Cursors (Relay Cursor Connections, section 3) encode a position in a list. They are opaque to clients and valid for
 * that list only. A cursor is the Base64url encoding of a digest and a JSON array:
 *
 *     digest (9 bytes)  over the list's fingerprint and the JSON, which detects damaged cursors and those of
 *                       other lists
 *     [createdAt, accountKey, providerCallId, hints?, direction?, accountPositions?, reported?]
 */
const version = 1;
const digestBytes = 9;

const instant = z.iso.datetime({ precision: 3 });
const text = z.string().max(1000);
/** Contains a token of the provider, whose length is not documented. */
const hint = z.string().max(5000);
const maxReported = 100;
const packed = z.tuple([
  instant.nullable(),
  text,
  text,
  z.array(z.tuple([text, hint])).optional(),
  z.enum(['forward', 'backward']).nullable().optional(),
  z.array(z.tuple([text, instant.nullable().optional(), text.optional()])).optional(),
  z.array(z.string().length(8)).max(100).optional(),
]);

/**
 * createdAt, account key, provider call id; hints; direction and `accountPositions`; digests of skipped rows that have
 * been reported.
 */
type Packed = z.infer<typeof packed>;

/** Encodes a position in the list of `scope`. */
export function encodeCursor(scope: ListScope, cursor: ListCursor): string {
  const text = Buffer.from(JSON.stringify(pack(cursor)));
  return Buffer.concat([digest(scope, text), text]).toString('base64url');
}

/**
 * Decodes a cursor that `encodeCursor` made for the same list.
 *
 * @param field the argument that has the cursor
 * @throws Refusal INVALID_INPUT if it is damaged or belongs to another list
 */
export function decodeCursor(scope: ListScope, cursor: string, field: 'after' | 'before'): ListCursor {
  const bytes = Buffer.from(cursor, 'base64url');
  const text = bytes.subarray(digestBytes);
  if (bytes.toString('base64url') === cursor && digest(scope, text).equals(bytes.subarray(0, digestBytes))) {
    // The digest has no secret key, so a client can forge a cursor: validate the content.
    const value = parse(text.toString());
    const checked = hasShortLists(value, scope) ? packed.safeParse(value) : undefined;
    if (checked?.success) return unpack(checked.data);
  }
  throw new Refusal(
    'INVALID_INPUT',
    `\`${field}\` is not a cursor of this list: it is damaged, or was given out for other accounts, another filter or another order.`,
    { field: [field] },
  );
}

/**
 * Whether no list is longer than the number of accounts and of reported rows allows. Checked before the schema, which
 * creates an error for each invalid item: 35,000 of them took 0.2 s.
 */
function hasShortLists(value: unknown, { accounts }: ListScope): boolean {
  const maxLength = Math.max(accounts.length, maxReported);
  return Array.isArray(value) && value.every((item) => !Array.isArray(item) || item.length <= maxLength);
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function pack({ position, hints, accountPositions, reported = [] }: ListCursor): Packed {
  const packed: Packed = [position.createdAt, position.accountKey, position.providerCallId];
  const hasRest = accountPositions !== undefined || reported.length > 0;
  if (hints !== undefined || hasRest) packed.push([...(hints ?? [])]);
  if (accountPositions !== undefined) {
    const positions = [...accountPositions.positions].map(([account, at]): NonNullable<Packed[5]>[number] =>
      at === null ? [account] : [account, at.createdAt, at.providerCallId],
    );
    packed.push(accountPositions.direction, positions);
  }
  if (reported.length > 0) {
    if (accountPositions === undefined) packed.push(null, []);
    packed.push([...reported]);
  }
  return packed;
}

function unpack(packed: Packed): ListCursor {
  const [createdAt, accountKey, providerCallId, hints = [], direction, accounts = [], reported = []] = packed;
  const positions = accounts.map(([account, at = null, id]): [string, Position | null] => [
    account,
    id === undefined ? null : { createdAt: at, providerCallId: id },
  ]);
  return {
    position: { createdAt, accountKey, providerCallId },
    ...(hints.length > 0 && { hints: new Map(hints) }),
    ...(direction && { accountPositions: { direction, positions: new Map(positions) } }),
    ...(reported.length > 0 && { reported }),
  };
}

function digest({ fingerprint }: ListScope, text: Buffer): Buffer {
  return hash('sha256', Buffer.concat([Buffer.from(fingerprint), text]), 'buffer').subarray(0, digestBytes);
}

/** The fingerprint of a list, which its cursors are bound to: a digest of its accounts, filter and order. */
export function fingerprintOf({ accounts, order, filter }: Omit<ListScope, 'fingerprint'>): string {
  const keys = accounts.map(({ key }) => key).sort();
  const narrowed = Object.entries(filter).sort(([a], [b]) => compareTexts(a, b));
  const text = JSON.stringify([version, order, keys, narrowed]);
  return hash('sha256', text, 'base64url');
}
