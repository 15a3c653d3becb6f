import type { Problem } from './config-file.ts';
import { isLoopback } from './is-loopback.ts';

/**
 * What is wrong with an account's addresses and credentials whatever the provider is.
 *
 * @param settings of the provider's, as they stand in the file or as its schema let them through
 */
export function checkAccountTexts(settings: object, path: string, allowInsecure: boolean): Problem[] {
  return Object.entries(settings).flatMap(([name, value]) => {
    if (name === 'auth') return checkCredentials(value, `${path}.auth`);
    if (!name.endsWith('Url') || typeof value !== 'string' || !URL.canParse(value)) return [];
    return faultsOfUrl(value, name, allowInsecure).map((message) => ({ path: `${path}.${name}`, message }));
  });
}

/** The address itself is not repeated: it may hold a password. */
function faultsOfUrl(text: string, name: string, allowInsecure: boolean): string[] {
  const { protocol, hostname, username, password } = new URL(text);
  const faults: string[] = [];
  // Credentials would travel in the open.
  if (protocol !== 'https:' && !isLoopback(hostname) && !allowInsecure) {
    faults.push('must be https, unless `allowInsecure: true` is said');
  }
  if (username !== '' || password !== '') {
    faults.push('must hold no user name or password: they belong under `auth`');
  }
  // Paths are put behind a base. A token endpoint may have a query of its own (RFC 6749, section 3.2).
  if (text.includes('#')) faults.push('must hold no fragment');
  if (name === 'baseUrl' && text.includes('?')) faults.push('must hold no query');
  if (/\s/.test(text)) faults.push('must hold no white space');
  return faults;
}

/** A secret that was read from a file often keeps the file's last line end, and no provider has such a one. */
function checkCredentials(auth: unknown, path: string): Problem[] {
  if (typeof auth !== 'object' || auth === null) return [];
  return Object.entries(auth).flatMap(([name, value]) => {
    if (typeof value !== 'string') return [];
    const at = `${path}.${name}`;
    if (/\p{Cc}/u.test(value)) {
      return [{ path: at, message: 'must hold no line end or other control character' }];
    }
    // Basic authentication would take what follows for the password (RFC 7617, section 2).
    if (name === 'username' && value.includes(':')) return [{ path: at, message: 'must hold no colon' }];
    return [];
  });
}
