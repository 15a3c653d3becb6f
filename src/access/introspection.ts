import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { IntrospectionSettings } from '../config/introspection-settings.ts';
import type { Caller } from './caller.ts';
import { toCaller } from './caller-of-claims.ts';
import { createIntrospectionClient, UnusableAnswer } from './introspection-client.ts';
import { tokensUnavailable } from './refusal.ts';
import type { OnKeysChange } from './token-keys.ts';

/** Milliseconds for which the issuer is not asked again about a token that is not active, and how many such tokens are kept. */
const inactiveAge = 5_000;
const maxInactive = 1_000;
/** Bytes that the callers of active tokens take, roughly. */
const maxCallerBytes = 8 * 1024 * 1024;
const callerBytes = 500;
/** Requests at a time. What comes beyond is refused: any client can cause one with a made-up token. */
const maxRequests = 200;
/** Milliseconds without requests after one that failed: otherwise each token would wait for a timeout. */
const retryDelay = 1_000;
/** Characters of a token. */
const maxLength = 4_096;

/**
 * Creates a function that asks the issuer about a token (RFC 7662) and returns its caller, undefined if the token is not
 * active. A token is `b64token` of RFC 6750, section 2.1; anything else is refused without a request. Answers are cached
 * under the SHA-256 digest of the token, no longer than the token is valid, and concurrent requests for one token share one.
 *
 * The function rejects with AccessRefusal UNAVAILABLE if the issuer has not answered.
 */
export function createTokenIntrospection(
  settings: IntrospectionSettings,
  { now = Date.now, onChange = () => undefined }: IntrospectionOptions = {},
): (token: string) => Caller | undefined | Promise<Caller | undefined> {
  const { url, audience, maxAge } = settings;
  const ask = createIntrospectionClient(settings);
  const clock = { perf: { now }, ttlResolution: 0 };
  const active = new LRUCache<string, Caller>({ maxSize: maxCallerBytes, ...clock });
  const inactive = new LRUCache<string, true>({ max: maxInactive, ttl: inactiveAge, ...clock });
  const pending = new Map<string, Promise<Caller | undefined>>();
  let isFailing = false;
  let nextAt = Number.NEGATIVE_INFINITY;

  const read = async (token: string, digest: string): Promise<Caller | undefined> => {
    try {
      const claims = await ask(token);
      if (isFailing) onChange(undefined);
      isFailing = false;
      const caller = toActiveCaller(claims);
      if (caller === undefined) inactive.set(digest, true);
      else keep(digest, caller, claims);
      return caller;
    } catch (cause) {
      if (!isFailing) onChange(cause);
      isFailing = true;
      // An unusable answer may be due to this token alone, so others are still asked about.
      if (!(cause instanceof UnusableAnswer)) nextAt = now() + retryDelay;
      throw tokensUnavailable(cause, retryDelay / 1000);
    } finally {
      pending.delete(digest);
    }
  };

  const toActiveCaller = (claims: Readonly<Record<string, unknown>>): Caller | undefined => {
    const { sub, client_id, exp, aud } = claims;
    const expiresAt = typeof exp === 'number' ? exp * 1000 : undefined;
    if (claims.active !== true || (expiresAt !== undefined && expiresAt <= now())) return undefined;
    if (audience !== undefined && ![aud].flat().includes(audience)) return undefined;
    // A token of a client itself may have no subject (RFC 7662, section 2.2).
    return toCaller({ by: 'token', issuer: url.href, id: sub ?? client_id, expiresAt }, claims, settings);
  };

  const keep = (digest: string, caller: Caller, claims: object): void => {
    // An entry is used up to and including its last millisecond. 0 would mean that it is kept for good.
    const ttl = Math.ceil(Math.min(maxAge, (caller.expiresAt ?? Number.POSITIVE_INFINITY) - now())) - 1;
    if (ttl < 1) return;
    const size = callerBytes + JSON.stringify(claims).length;
    active.set(digest, caller, { ttl, size });
  };

  const unavailable = async () => {
    throw tokensUnavailable(undefined, retryDelay / 1000);
  };

  return (token) => {
    if (token.length > maxLength || !/^[\w.~+/-]+=*$/.test(token)) return undefined;
    const digest = hash('sha256', token, 'base64url');
    const known = active.get(digest);
    if (known !== undefined) return known;
    if (inactive.has(digest)) return undefined;
    const asked = pending.get(digest);
    if (asked !== undefined) return asked;
    if (now() < nextAt || pending.size >= maxRequests) return unavailable();
    const reading = read(token, digest);
    pending.set(digest, reading);
    return reading;
  };
}

export interface IntrospectionOptions {
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  readonly onChange?: OnKeysChange | undefined;
}
