import type { AccessSettings } from '../config/access-settings.ts';
import { createApiKeyReader } from './api-keys.ts';
import { type Caller, everyone } from './caller.ts';
import { createTokenIntrospection } from './introspection.ts';
import { createKeys, createTokenReader } from './tokens.ts';
import { createTrustedReader } from './trusted-proxy.ts';

/** Headers as Node parses them: names in lower case. */
export type RequestHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** What there is to know of the connection of a request. */
export interface Peer {
  /** The address at the other end of the socket. */
  readonly remoteAddress?: string | undefined;
}

/**
 * Returns the caller, or undefined without valid credentials. Returns a promise for tokens only.
 *
 * @param peer needed only if `access.trusted` is configured
 */
export type Authenticate = (
  headers: RequestHeaders,
  peer?: Peer,
) => Caller | undefined | Promise<Caller | undefined>;

/** Called with the cause once the issuer of tokens cannot be asked for something, and with undefined once it can be again. */
export type OnIssuerChange = (cause: unknown, what: 'keys' | 'answers') => void;

/**
 * Creates the authentication of requests by `X-API-Key: <key>` or `Authorization: Bearer <key or token>`. If both
 * are sent, only the former is used, because a proxy may have added the latter. A token that has the form of a JWT is
 * verified if `jwt` is configured; the issuer is asked for all others. The header of a trusted proxy counts before all
 * of these. With open access headers are ignored and everybody is the same caller.
 *
 * The function created throws or rejects with AccessRefusal: UNAVAILABLE if the issuer of tokens cannot be asked,
 * UNAUTHENTICATED for the header of a trusted proxy that somebody else has sent.
 */
export function createAuthenticator(
  settings: AccessSettings,
  onIssuerChange: OnIssuerChange = () => undefined,
): Authenticate {
  if (settings === 'open') return () => everyone;
  const { keys = [], jwt, introspection, trusted } = settings;
  const byKey = createApiKeyReader(keys);
  const onKeysChange = (cause: unknown) => onIssuerChange(cause, 'keys');
  const byJwt = jwt && createTokenReader(jwt, createKeys(jwt, onKeysChange));
  const onChange = (cause: unknown) => onIssuerChange(cause, 'answers');
  const byIssuer = introspection && createTokenIntrospection(introspection, { onChange });
  const byProxy = trusted && createTrustedReader(trusted);
  return (headers, peer) => {
    const named = trusted && headers[trusted.header];
    if (named !== undefined) return byProxy?.(named, peer?.remoteAddress);
    const key = headers['x-api-key'];
    if (key !== undefined) return typeof key === 'string' ? byKey(key) : undefined;
    const bearer = bearerOf(headers.authorization);
    if (bearer === undefined) return undefined;
    const byToken = byJwt !== undefined && isToken(bearer) ? byJwt : byIssuer;
    return byKey(bearer) ?? byToken?.(bearer);
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
