import { randomBytes } from 'node:crypto';
import type { Cipher } from '../../store/cipher.ts';

/** Bytes of each half of a secret: random bytes, and the beginning of their keyed digest. */
const half = 16;

/**
 * A secret for an address of webhooks, 43 characters of base64url. It proves by itself that a process with the same key
 * has made it, so that a forged one costs no request to the store.
 */
export function createSecret(seal: Cipher): string {
  const random = randomBytes(half);
  const proof = Buffer.from(seal.digest(toSealed(random)), 'base64url').subarray(0, half);
  return Buffer.concat([random, proof]).toString('base64url');
}

/** Whether `createSecret` has made a secret with this key. */
export function isGenuineSecret(secret: string, seal: Cipher): boolean {
  const bytes = Buffer.from(/^[\w-]{43}$/.test(secret) ? secret : '', 'base64url');
  return bytes.length === 2 * half && seal.proves(bytes.subarray(half), toSealed(bytes.subarray(0, half)));
}

function toSealed(random: Buffer): string {
  return `hook ${random.toString('base64url')}`;
}
