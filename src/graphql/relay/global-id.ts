import { isUtf8 } from 'node:buffer';
import { Refusal } from '../../calls/failure.ts';
import { isProviderCallId } from '../../calls/provider-call-id.ts';

/** What a global id stands for (Relay Global Object Identification). */
export type GlobalId =
  | { readonly type: 'Account'; readonly accountKey: string }
  | { readonly type: 'Call'; readonly accountKey: string; readonly providerCallId: string };

const shape = /^(Account):([a-z0-9-]+)$|^(Call):([a-z0-9-]+):(.+)$/s;

/** Base64url of `Account:key` or `Call:key:providerCallId`: opaque to clients, stable while the key is. */
export function encodeGlobalId(id: GlobalId): string {
  const text = id.type === 'Call' ? `Call:${id.accountKey}:${id.providerCallId}` : `Account:${id.accountKey}`;
  return Buffer.from(text).toString('base64url');
}

/**
 * @param field where in the arguments the id stands
 * @throws Refusal INVALID_INPUT when it was not made by `encodeGlobalId`
 */
export function decodeGlobalId(id: string, field: readonly string[] = ['id']): GlobalId {
  const bytes = Buffer.from(id, 'base64url');
  // One id for one thing: no other spelling of the Base64, and no bytes that are not UTF-8.
  const isCanonical = bytes.toString('base64url') === id && isUtf8(bytes);
  const match = isCanonical ? shape.exec(bytes.toString()) : null;
  if (match === null || !isProviderCallId(match[5] ?? '-')) {
    throw new Refusal('INVALID_INPUT', `\`${field.join('.')}\` is not an id that this API gave out.`, {
      field,
    });
  }
  const [, account, accountKey, , callAccountKey, providerCallId] = match;
  return account === undefined
    ? { type: 'Call', accountKey: callAccountKey as string, providerCallId: providerCallId as string }
    : { type: 'Account', accountKey: accountKey as string };
}

/** @throws Refusal INVALID_INPUT when the id is malformed or of something else than a call */
export function decodeCallId(id: string, field?: readonly string[]): GlobalId & { type: 'Call' } {
  const decoded = decodeGlobalId(id, field);
  if (decoded.type === 'Call') return decoded;
  throw wrongType('a call', 'an account', field);
}

/** @throws Refusal INVALID_INPUT when the id is malformed or of something else than an account */
export function decodeAccountId(id: string, field?: readonly string[]): GlobalId & { type: 'Account' } {
  const decoded = decodeGlobalId(id, field);
  if (decoded.type === 'Account') return decoded;
  throw wrongType('an account', 'a call', field);
}

function wrongType(wanted: string, given: string, field: readonly string[] = ['id']): Refusal {
  return new Refusal(
    'INVALID_INPUT',
    `\`${field.join('.')}\` must be the id of ${wanted}, not of ${given}.`,
    { field },
  );
}
