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
 * @param content hexadecimal digits
 */
export function cursorOf(fingerprint: string, content: string): string {
  const even = content.length % 2 === 0 ? content : `${content}0`;
  const digest = createHash('sha256').update(`${fingerprint}${even}`).digest('hex').slice(0, 18);
  return base64url(Buffer.from(digest + even, 'hex'));
}

/**
 * A position as a cursor holds it.
 *
 * @param time milliseconds since the epoch, or hexadecimal digits
 * @param id of at most 255 ASCII characters
 */
export function positionOf(time: number | string, id: string): string {
  const digits = typeof time === 'string' ? time : (time + 62_167_219_200_000).toString(16).padStart(13, '0');
  return `${digits}e0${id.length.toString(16).padStart(2, '0')}${Buffer.from(id).toString('hex')}`;
}

/** Hints as a cursor holds them, in digits of Base64url. */
export function hintsOf(digits: string): string {
  const bytes = Buffer.from(digits.padEnd(4 * Math.ceil(digits.length / 4), 'Z'), 'base64url');
  return bytes.length.toString(16).padStart(4, '0') + bytes.toString('hex');
}

export function base64url(content: string | Buffer): string {
  return Buffer.from(content as string).toString('base64url');
}

/** The i-th provider's call id in the form of Restcomm Connect. */
export function callSid(i: number): string {
  return `CA${String(i).padStart(32, '0')}`;
}
