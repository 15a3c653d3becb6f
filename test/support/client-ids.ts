import { createHash } from 'node:crypto';

/*
 * Ids and cursors as a client holds them, encoded here a second time: a test that took them from
 * `src/graphql/relay` would not notice that they have changed under its clients.
 */

/** The global id of an account. */
export function accountId(accountKey: string): string {
  return base64url(`Account:${accountKey}`);
}

/** The global id of a call. */
export function callId(accountKey: string, providerCallId: string): string {
  return base64url(`Call:${accountKey}:${providerCallId}`);
}

/**
 * A cursor with a valid digest, whatever it holds.
 *
 * @param fingerprint of the list that it is a cursor of
 * @param content text as it stands, anything else as JSON
 */
export function cursorOf(fingerprint: string, content: unknown): string {
  const text = Buffer.from(typeof content === 'string' ? content : JSON.stringify(content));
  const digest = createHash('sha256').update(fingerprint).update(text).digest().subarray(0, 9);
  return base64url(Buffer.concat([digest, text]));
}

export function base64url(content: string | Buffer): string {
  return Buffer.from(content as string).toString('base64url');
}

/** The i-th provider's call id in the form of Restcomm Connect. */
export function callSid(i: number): string {
  return `CA${String(i).padStart(32, '0')}`;
}
