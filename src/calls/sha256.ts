import { createHash } from 'node:crypto';

/** The SHA-256 digest of a text in base64url, 43 characters: for keys of stores and caches, which must not tell the text. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
