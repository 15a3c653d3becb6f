import { createHash } from 'node:crypto';
import { z } from 'zod';
import { describeIssue } from './describe-issue.ts';
import { keySetFile, keySetUrl } from './key-set-settings.ts';

/**
 * Signature algorithms that a token may use (RFC 7518, section 3.1; RFC 8037; RFC 9864), only asymmetric ones.
 * If `HS256` were accepted, anybody could sign with the public key as the secret; with `none`, without a key.
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

const hashOfEmptyKey = createHash('sha256').digest('hex');

const apiKey = z.strictObject({
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
  /** Keys of the accounts that the caller may use; all of them by default. */
  accounts: z.array(z.string().min(1)).min(1).optional(),
  /** `write` includes `read`. */
  may: z.array(z.enum(['read', 'write'])).min(1),
});

const notSeconds = 'must be whole seconds such as 30s';

const jwt = z
  .strictObject({
    /** The exact value of `iss`. */
    issuer: z.string().min(1),
    /** The accepted values of `aud`, one of which a token must have. */
    audience: z.union(
      [z.string().min(1), z.array(z.string().min(1)).min(1)],
      'must be a string, or a list of strings',
    ),
    /** The URL of the issuer's JSON Web Key Set (RFC 7517). */
    jwks: keySetUrl.optional(),
    /** The key set as a file, read once at start-up. */
    jwksFile: keySetFile.optional(),
    algorithms: z.array(z.enum(algorithms)).min(1),
    /** The claim that lists the keys of accounts; `*` stands for all of them. */
    accountsClaim: z.string().min(1).default('accounts'),
    /** The claim that lists `read` and `write`; other values in it are ignored. */
    mayClaim: z.string().min(1).default('may'),
    /** How far the issuer's clock may be off, such as `30s`, at most five minutes. Parsed to seconds. */
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
 * `access` in the accounts file: who may send operations, and on which accounts. The word `open` lets everyone do
 * everything. This is not a union of Zod, whose error would not name the setting that is wrong.
 */
export const accessSettings = z.unknown().transform((value, context): 'open' | z.output<typeof rules> => {
  if (value === 'open') return value;
  const isScalar = typeof value !== 'object' || value === null;
  const checked = rules.safeParse(value, { error: describeIssue });
  if (checked.success) return checked.data;
  if (isScalar)
    context.addIssue({ code: 'custom', message: 'must be the word `open`, or hold `keys` or `jwt`' });
  else context.issues.push(...(checked.error.issues as typeof context.issues));
  return z.NEVER;
});

export type AccessSettings = z.output<typeof accessSettings>;
export type ApiKeySettings = z.output<typeof apiKey>;
export type JwtSettings = z.output<typeof jwt>;

const noAccounts = { accounts: [] };
/** Parses only the accounts of the keys, out of settings that may be invalid. */
const accountsOfKeys = z
  .object({ keys: z.array(z.object({ accounts: z.array(z.string()) }).catch(noAccounts)) })
  .catch({ keys: [] });

/**
 * Lists accounts that a key names but that are not configured. A misspelt name would silently take away rights.
 *
 * @param settings `access` of the file, which may have other errors
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
