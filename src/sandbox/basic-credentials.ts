/** The credentials of a Basic Authorization header (RFC 7617), or why there are none. */
export type BasicCredentials =
  | { readonly kind: 'pair'; readonly username: string; readonly password: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'undecodable' }
  | { readonly kind: 'no-colon' };

/** Parses the header. The scheme is case-sensitive here; the credentials are UTF-8, split at the first colon. */
export function readBasic(authorization: string | undefined): BasicCredentials {
  if (!authorization?.startsWith('Basic ')) return { kind: 'absent' };
  const encoded = authorization.slice('Basic '.length).trim();
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(encoded)) return { kind: 'undecodable' };
  const text = Buffer.from(encoded, 'base64').toString();
  const colon = text.indexOf(':');
  if (colon === -1) return { kind: 'no-colon' };
  return { kind: 'pair', username: text.slice(0, colon), password: text.slice(colon + 1) };
}
