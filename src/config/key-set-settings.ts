import { readFileSync } from 'node:fs';
import { z } from 'zod';

const publicKey = z
  .looseObject({
    kty: z.enum(['RSA', 'EC', 'OKP'], 'must be RSA, EC or OKP: any other type is a shared secret'),
  })
  .refine((jwk) => !('d' in jwk), 'is a private key: only its public part belongs here');
const keySet = z.looseObject({ keys: z.array(publicKey).min(1) });

/** The path of a file, parsed to the JSON Web Key Set (RFC 7517, section 5) in it. */
export const keySetFile = z
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
