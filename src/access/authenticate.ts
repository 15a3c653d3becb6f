import type { AccessSettings } from '../config/access-settings.ts';
import { createKeyRing } from './api-keys.ts';
import { type Caller, everyone } from './caller.ts';
import { createTokenReader } from './tokens.ts';

/** As Node gives them: names in lower case. */
export type RequestHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Who sent the request; undefined when it does not say, or does not prove it. A promise for tokens alone. */
export type Authenticate = (headers: RequestHeaders) => Caller | undefined | Promise<Caller | undefined>;

/**
 * Reads `X-API-Key: <key>` or `Authorization: Bearer <key or JWT>`. Where both came, the former alone
 * counts: the latter may be a proxy's. With open access no header is looked at.
 *
 * What is made throws AccessRefusal UNAVAILABLE when the keys that tokens are checked with cannot be had.
 */
export function createAuthenticator(settings: AccessSettings): Authenticate {
  if (settings === 'open') return () => everyone;
  const byKey = createKeyRing(settings.keys ?? []);
  const byToken = settings.jwt === undefined ? undefined : createTokenReader(settings.jwt);
  return (headers) => {
    const key = headers['x-api-key'];
    if (key !== undefined) return typeof key === 'string' ? byKey(key) : undefined;
    const bearer = bearerOf(headers.authorization);
    if (bearer === undefined) return undefined;
    return byKey(bearer) ?? (isToken(bearer) ? byToken?.(bearer) : undefined);
  };
}

/** RFC 6750, section 2.1; the scheme's case does not matter (RFC 9110, section 11.1). */
function bearerOf(header: RequestHeaders[string]): string | undefined {
  return typeof header === 'string' ? /^Bearer +(\S+)$/i.exec(header.trim())?.[1] : undefined;
}

/** Three parts between two dots (RFC 7515, section 3.1); the last is empty only where nothing is signed. */
function isToken(text: string): boolean {
  return /^[\w-]+\.[\w-]+\.[\w-]+$/.test(text);
}
