import { isUtf8 } from 'node:buffer';
import { Refusal } from '../../calls/failure.ts';
import { isProviderCallId } from '../../calls/provider-call-id.ts';

/** The object that a global id refers to (Relay Global Object Identification). */
export type GlobalId =
  | { readonly type: 'Account'; readonly accountKey: string }
  | { readonly type: 'Call'; readonly accountKey: string; readonly providerCallId: string };

const shape = /^(Account):([a-z0-9-]+)$|^(Call):([a-z0-9-]+):(.+)$/s;

/**
 * Encodes a global id: Base64url of `Account:key` or `Call:key:providerCallId`. It is opaque to clients, and stable as
 * long as the account keeps its key.
 */
export function encodeGlobalId(id: GlobalId): string {
  const text = id.type === 'Call' ? `Call:${id.accountKey}:${id.providerCallId}` : `Account:${id.accountKey}`;
  return Buffer.from(text).toString('base64url');
}

/**
 * Decodes a global id.
 *
 * @param field path of the argument that has the id
 * @throws Refusal INVALID_INPUT if `encodeGlobalId` did not make it
 */
export function decodeGlobalId(id: string, field: readonly string[] = ['id']): GlobalId {
  const bytes = Buffer.from(id, 'base64url');
  // An object has one id: accept only canonical Base64url of valid UTF-8.
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

/**
 * Decodes the global id of a call.
 *
 * @throws Refusal INVALID_INPUT if the id is malformed or not that of a call
 */
export function decodeCallId(id: string, field?: readonly string[]): GlobalId & { type: 'Call' } {
  const decoded = decodeGlobalId(id, field);
  if (decoded.type === 'Call') return decoded;
  throw wrongType('a call', 'an account', field);
}

/**
 * Decodes the global id of an account.
 *
 * @throws Refusal INVALID_INPUT if the id is malformed or not that of an account
 */
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
