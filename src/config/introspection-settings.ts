import { z } from 'zod';
import { claimSettings } from './claim-settings.ts';
import { delay, duration } from './duration.ts';
import { issuerUrl } from './issuer-url.ts';

/**
 * `access.introspection` of the accounts file: the endpoint that tells whether a token is active (RFC 7662), and which
 * members of its answer give rights.
 */
export const introspectionSettings = z.strictObject({
  url: issuerUrl,
  /** The credentials of this server at the issuer, sent by the scheme Basic (RFC 6749, section 2.3.1). */
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
  /** The value that the member `aud` of the answer must have, or have among others; any by default. */
  audience: z.string().min(1).optional(),
  ...claimSettings,
  /** How long an answer holds, at most; parsed to milliseconds. A revoked token is accepted as long. */
  maxAge: delay.refine((value) => value <= 300_000, 'must be at most 5m').default(30_000),
  /** How long an answer is waited for; parsed to milliseconds. */
  timeout: duration.refine((value) => value <= 30_000, 'must be at most 30s').default(5_000),
});

export type IntrospectionSettings = z.output<typeof introspectionSettings>;
