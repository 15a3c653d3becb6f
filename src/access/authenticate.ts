import type { AccessSettings } from '../config/access-settings.ts';
import { createApiKeyReader } from './api-keys.ts';
import { type Caller, everyone } from './caller.ts';
import type { OnKeysChange } from './token-keys.ts';
import { createKeys, createTokenReader } from './tokens.ts';

/** Headers as Node parses them: names in lower case. */
export type RequestHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Returns the caller, or undefined without valid credentials. Returns a promise for tokens only. */
export type Authenticate = (headers: RequestHeaders) => Caller | undefined | Promise<Caller | undefined>;

/**
 * Creates the authentication of requests by `X-API-Key: <key>` or `Authorization: Bearer <key or JWT>`. If both
 * are sent, only the former is used, because a proxy may have added the latter. With open access headers are
 * ignored and everybody is the same caller.
 *
 * The function created throws AccessRefusal UNAVAILABLE if the keys to verify tokens with are unavailable.
 */
export function createAuthenticator(
  settings: AccessSettings,
  onKeysChange: OnKeysChange = () => undefined,
): Authenticate {
  if (settings === 'open') return () => everyone;
  const byKey = createApiKeyReader(settings.keys ?? []);
  const { jwt } = settings;
  const byToken = jwt && createTokenReader(jwt, createKeys(jwt, onKeysChange));
  return (headers) => {
    const key = headers['x-api-key'];
    if (key !== undefined) return typeof key === 'string' ? byKey(key) : undefined;
    const bearer = bearerOf(headers.authorization);
    if (bearer === undefined) return undefined;
    return byKey(bearer) ?? (isToken(bearer) ? byToken?.(bearer) : undefined);
  };
}

/** The credentials of the `Bearer` scheme (RFC 6750, section 2.1), which is case-insensitive (RFC 9110, section 11.1). */
function bearerOf(header: RequestHeaders[string]): string | undefined {
  return typeof header === 'string' ? /^Bearer +(\S+)$/i.exec(header.trim())?.[1] : undefined;
}

/** Whether a text has the form of a signed JWT: three parts separated by dots (RFC 7515, section 3.1). */
function isToken(text: string): boolean {
  return /^[\w-]+\.[\w-]+\.[\w-]+$/.test(text);
}
