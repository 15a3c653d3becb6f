import { errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { JwtSettings } from '../config/jwt-settings.ts';
import type { Caller } from './caller.ts';
import { toCaller } from './caller-of-claims.ts';
import { AccessRefusal, tokensUnavailable } from './refusal.ts';
import { createLocalKeys, createRemoteKeys, type OnKeysChange } from './token-keys.ts';

/**
 * Creates a function that verifies a JSON Web Token (RFC 7519) and returns its caller, undefined if the token is
 * invalid. As RFC 8725 recommends, the algorithm is checked before a key is looked up, the key comes from the
 * issuer and never from the token, and `iss`, `aud`, `exp`, `nbf` and `sub` are checked.
 *
 * The function rejects with AccessRefusal UNAVAILABLE if the issuer's keys are unavailable.
 */
export function createTokenReader(
  settings: JwtSettings,
  keys: JWTVerifyGetKey,
): (token: string) => Promise<Caller | undefined> {
  const { issuer, audience, algorithms, clockTolerance } = settings;
  const requiredClaims = ['exp', 'sub'];
  const checks = { issuer, audience, algorithms, clockTolerance, requiredClaims };
  return async (token) => {
    try {
      const { payload } = await jwtVerify(token, keys, checks);
      const { sub: id, exp = 0 } = payload;
      const expiresAt = (exp + clockTolerance) * 1000;
      return toCaller({ by: 'jwt', issuer, id, expiresAt }, payload, settings);
    } catch (error) {
      if (error instanceof AccessRefusal) throw error;
      if (error instanceof errors.JOSEError) return undefined;
      // The issuer's key is unusable, for example an RSA key that is too short.
      throw tokensUnavailable(error, 60);
    }
  };
}

/** The keys that the settings name. */
export function createKeys({ jwks, jwksFile }: JwtSettings, onChange: OnKeysChange): JWTVerifyGetKey {
  if (jwksFile !== undefined) return createLocalKeys(jwksFile);
  if (jwks !== undefined) return createRemoteKeys(jwks, { onChange });
  throw new Error('Neither `jwks` nor `jwksFile` is given.');
}
