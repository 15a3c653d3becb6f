import type { TrustedSettings } from '../config/trusted-settings.ts';
import { createNetworks } from '../runtime/networks.ts';
import type { Caller } from './caller.ts';
import { toCaller } from './caller-of-claims.ts';
import { parseRecord } from './parse-record.ts';
import { untrusted } from './refusal.ts';

/** Characters of the header. */
const maxLength = 8_192;
const claims = { accountsClaim: 'accounts', mayClaim: 'may' };

/**
 * Creates a function that reads the header in which a trusted proxy names the caller that it has authenticated: a JSON
 * object with `sub`, `accounts` and `may`, which mean what the claims of a token do, and `exp` where there is an end.
 *
 * The function throws AccessRefusal UNAUTHENTICATED if the header did not come from one of the networks that are
 * trusted, or has another form. Only the address of the connection counts, since a client can send any
 * `X-Forwarded-For`.
 */
export function createTrustedReader({ header, from }: TrustedSettings, now = Date.now) {
  const isTrusted = createNetworks(from);
  return (value: string | readonly string[], address: string | undefined): Caller => {
    if (address === undefined || !isTrusted(toPlain(address)))
      throw untrusted(header, `it came from ${address}`);
    const given = typeof value === 'string' && value.length <= maxLength ? parseRecord(value) : undefined;
    const { sub: id, exp } = given ?? {};
    if (given === undefined || (exp !== undefined && typeof exp !== 'number')) {
      throw untrusted(header, 'it is not a JSON object with `sub`, `accounts` and `may`');
    }
    const expiresAt = exp === undefined ? undefined : exp * 1000;
    if (expiresAt !== undefined && expiresAt <= now()) throw untrusted(header, 'its `exp` has passed');
    const caller = toCaller({ by: 'proxy', issuer: header, id, expiresAt }, given, claims);
    if (caller === undefined) throw untrusted(header, 'it has no `sub`');
    return caller;
  };
}

/** A server that listens on IPv6 sees IPv4 clients under addresses that embed theirs (RFC 4291, section 2.5.5.2). */
function toPlain(address: string): string {
  return address.replace(/^::ffff:(?=[\d.]+$)/i, '');
}
