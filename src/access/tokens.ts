import { createHash } from 'node:crypto';
import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { JwtSettings } from '../config/jwt-settings.ts';
import { type Caller, createCaller, type Right } from './caller.ts';
import { AccessRefusal, tokensUnavailable } from './refusal.ts';
import { createLocalKeys, createRemoteKeys, type OnKeysChange } from './token-keys.ts';

const rights: readonly Right[] = ['read', 'write'];

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
      return toCaller(payload, settings);
    } catch (error) {
      if (error instanceof AccessRefusal) throw error;
      if (error instanceof errors.JOSEError) return undefined;
      // The issuer's key is unusable, for example an RSA key that is too short.
      throw tokensUnavailable(error, 60);
    }
  };
}

/** A valid token without claims about rights gives a caller without rights. */
function toCaller(
  payload: JWTPayload,
  { issuer, accountsClaim, mayClaim, clockTolerance }: JwtSettings,
): Caller | undefined {
  const { sub, exp } = payload;
  if (typeof sub !== 'string' || sub === '' || exp === undefined) return undefined;
  // Hash the subject: it may be of any length, and may be an e-mail address.
  const hash = createHash('sha256')
    .update(JSON.stringify([issuer, sub]))
    .digest('base64url');
  const accounts = wordsOf(payload, accountsClaim);
  const words = wordsOf(payload, mayClaim);
  const granted = {
    accounts: accounts.includes('*') ? ('all' as const) : accounts,
    may: rights.filter((right) => words.includes(right)),
  };
  return createCaller(`jwt:${hash.slice(0, 22)}`, granted, (exp + clockTolerance) * 1000);
}

/** A claim that is a list of strings, or one string of words separated by spaces, as `scope` (RFC 8693, section 4.2). */
function wordsOf(payload: JWTPayload, claim: string): readonly string[] {
  const value = Object.hasOwn(payload, claim) ? payload[claim] : undefined;
  if (typeof value === 'string') return value.split(' ').filter((word) => word !== '');
  const isList = Array.isArray(value) && value.every((each) => typeof each === 'string');
  return isList ? value : [];
}

/** The keys that the settings name. */
export function createKeys({ jwks, jwksFile }: JwtSettings, onChange: OnKeysChange): JWTVerifyGetKey {
  if (jwksFile !== undefined) return createLocalKeys(jwksFile);
  if (jwks !== undefined) return createRemoteKeys(jwks, { onChange });
  throw new Error('Neither `jwks` nor `jwksFile` is given.');
}
