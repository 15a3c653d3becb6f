import { createHash } from 'node:crypto';
import { z } from 'zod';
import { accountPatterns } from './account-pattern.ts';

const hashOfEmptyKey = createHash('sha256').digest('hex');

/** One entry of `access.keys` in the accounts file: an API key and the rights of its caller. */
export const apiKeySettings = z.strictObject({
  /** Identifies the caller, also in logs, idempotency keys and the rate limit. */
  name: z.string().regex(/^[A-Za-z0-9._-]{1,64}$/, 'must consist of 1 to 64 letters, digits, dots, _ and -'),
  /**
   * SHA-256 of the key, in hexadecimal. A fast hash is safe only if the key cannot be guessed: generate it from
   * 32 random bytes (`openssl rand -hex 32`), and hash it without a newline (`printf %s "$KEY" | sha256sum`).
   */
  sha256: z
    .string()
    .regex(/^[0-9a-fA-F]{64}$/, 'must be 64 hexadecimal digits')
    .transform((text) => text.toLowerCase())
    .refine((hash) => hash !== hashOfEmptyKey, 'is the hash of an empty key'),
  /** Keys of the accounts that the caller may use, or patterns of them such as `acme-*`; all of them by default. */
  accounts: accountPatterns.optional(),
  /** `write` includes `read`. */
  may: z.array(z.enum(['read', 'write'])).min(1),
});

export type ApiKeySettings = z.output<typeof apiKeySettings>;
