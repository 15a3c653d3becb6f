import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { claimSettings } from './claim-settings.ts';
import { issuerUrl } from './issuer-url.ts';

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

const publicKey = z
  .looseObject({
    kty: z.enum(['RSA', 'EC', 'OKP'], 'must be RSA, EC or OKP: any other type is a shared secret'),
  })
  .refine((jwk) => !('d' in jwk), 'is a private key: only its public part belongs here');
const keySet = z.looseObject({ keys: z.array(publicKey).min(1) });

/** The path of a file, parsed to the JSON Web Key Set (RFC 7517, section 5) in it. */
const keySetFile = z
  .string()
  .transform((path, context): unknown => {
    try {
      return JSON.parse(readFileSync(path, 'utf8'));
    } catch (error) {
      // A JSON error quotes the text, which may be part of a private key.
      const message = error instanceof SyntaxError ? 'is not JSON' : (error as Error).message;
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    }
  })
  .pipe(keySet);

const notSeconds = 'must be whole seconds such as 30s';

/** `access.jwt` of the accounts file: which JSON Web Tokens are valid, and which of their claims give rights. */
export const jwtSettings = z
  .strictObject({
    /** The exact value of `iss`. */
    issuer: z.string().min(1),
    /** The accepted values of `aud`, one of which a token must have. */
    audience: z.union(
      [z.string().min(1), z.array(z.string().min(1)).min(1)],
      'must be a string, or a list of strings',
    ),
    /** The URL of the issuer's JSON Web Key Set (RFC 7517). */
    jwks: issuerUrl.optional(),
    /** The key set as a file, read once at start-up. */
    jwksFile: keySetFile.optional(),
    algorithms: z.array(z.enum(algorithms)).min(1),
    ...claimSettings,
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

export type JwtSettings = z.output<typeof jwtSettings>;
