import { createHash } from 'node:crypto';
import { z } from 'zod';
import { keySetFile, keySetUrl } from './key-set-settings.ts';
import { wordIssue } from './word-issue.ts';

/**
 * Signature algorithms that a token may use (RFC 7518, section 3.1; RFC 8037; RFC 9864): asymmetric ones
 * alone. With `HS256` in the list, a public key would do as the secret; with `none`, anything would.
 */
const algorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
] as const;

const hashOfNothing = createHash('sha256').digest('hex');

const apiKey = z.strictObject({
  /** Names the caller, in logs too. Idempotency keys and the rate limit are kept under it. */
  name: z.string().regex(/^[A-Za-z0-9._-]{1,64}$/, 'must consist of 1 to 64 letters, digits, dots, _ and -'),
  /**
   * SHA-256 of the key, in hexadecimal. A fast hash is enough only for a key that cannot be guessed: make it
   * of 32 random bytes (`openssl rand -hex 32`), and hash it without a line end
   * (`printf %s "$KEY" | sha256sum`).
   */
  sha256: z
    .string()
    .regex(/^[0-9a-fA-F]{64}$/, 'must be 64 hexadecimal digits')
    .transform((text) => text.toLowerCase())
    .refine((hash) => hash !== hashOfNothing, 'is the hash of an empty key'),
  /** Keys of accounts; all of them when left out. */
  accounts: z.array(z.string().min(1)).min(1).optional(),
  /** `write` includes `read`. */
  may: z.array(z.enum(['read', 'write'])).min(1),
});

const notSeconds = 'must be whole seconds such as 30s';

const jwt = z
  .strictObject({
    /** What `iss` must be, to the letter. */
    issuer: z.string().min(1),
    /** What `aud` must be, or one of which it must hold. */
    audience: z.union(
      [z.string().min(1), z.array(z.string().min(1)).min(1)],
      'must be a text, or a list of texts',
    ),
    /** Where the issuer publishes its keys (RFC 7517). */
    jwks: keySetUrl.optional(),
    /** The same as a file, read once at the start. */
    jwksFile: keySetFile.optional(),
    algorithms: z.array(z.enum(algorithms)).min(1),
    /** The claim that lists keys of accounts; `*` in it stands for all of them. */
    accountsClaim: z.string().min(1).default('accounts'),
    /** The claim that lists `read` and `write`; other words in it are passed over. */
    mayClaim: z.string().min(1).default('may'),
    /** By how much the issuer's clock may be off, such as `30s`; at most five minutes. In seconds. */
    clockTolerance: z
      .string(notSeconds)
      .regex(/^\d{1,3}s$/, notSeconds)
      .transform((text) => Number.parseInt(text, 10))
      .refine((seconds) => seconds <= 300, 'must be at most 300s')
      .default(5),
  })
  .refine(({ jwks, jwksFile }) => (jwks === undefined) !== (jwksFile === undefined), {
    path: ['jwks'],
    message: 'give either `jwks` or `jwksFile`',
  });

const rules = z
  .strictObject({ keys: z.array(apiKey).min(1).optional(), jwt: jwt.optional() })
  .superRefine(({ keys = [], jwt }, context) => {
    if (keys.length === 0 && jwt === undefined) {
      context.addIssue({ code: 'custom', message: 'must hold `keys`, `jwt` or both, or be the word `open`' });
    }
    for (const name of ['name', 'sha256'] as const) {
      const values = keys.map((key) => key[name]);
      values.forEach((value, i) => {
        if (values.indexOf(value) === i) return;
        const message = name === 'name' ? `${value} is taken already` : 'is the hash of an earlier key';
        context.addIssue({ code: 'custom', path: ['keys', i, name], message });
      });
    }
  });

/**
 * `access` in the accounts file: who may ask, and for what. The word `open` lets everyone do everything.
 * (No union: it would say of a slip in the third key no more than that nothing fits.)
 */
export const accessSettings = z.unknown().transform((value, context): 'open' | z.output<typeof rules> => {
  if (value === 'open') return value;
  const isText = typeof value !== 'object' || value === null;
  const checked = rules.safeParse(value, { error: wordIssue });
  if (checked.success) return checked.data;
  if (isText)
    context.addIssue({ code: 'custom', message: 'must be the word `open`, or hold `keys` or `jwt`' });
  else context.issues.push(...(checked.error.issues as typeof context.issues));
  return z.NEVER;
});

export type AccessSettings = z.output<typeof accessSettings>;
export type ApiKeySettings = z.output<typeof apiKey>;
export type JwtSettings = z.output<typeof jwt>;

const noAccounts = { accounts: [] };
const accountsOfKeys = z
  .object({ keys: z.array(z.object({ accounts: z.array(z.string()) }).catch(noAccounts)) })
  .catch({ keys: [] });

/**
 * Accounts that a key is for but that are not configured: a slip of the pen takes rights away silently.
 *
 * @param settings as they stand in the file, whatever else is wrong with them
 */
export function listUnknownAccounts(
  settings: unknown,
  accountKeys: readonly string[],
): { path: string; message: string }[] {
  const { keys } = accountsOfKeys.parse(settings);
  return keys.flatMap(({ accounts }, i) =>
    accounts.flatMap((account, j) =>
      accountKeys.includes(account)
        ? []
        : [{ path: `access.keys[${i}].accounts[${j}]`, message: `${account} is the key of no account` }],
    ),
  );
}
