import { isLoopback } from './is-loopback.ts';
import type { Problem } from './problem.ts';

/**
 * Checks the URLs and credentials of an account, by rules that hold for every provider.
 *
 * @param settings the provider's settings, as written in the file or as its schema parsed them
 * @param path of the account, such as `accounts[0]`
 */
export function checkAccountStrings(settings: object, path: string, allowInsecure: boolean): Problem[] {
  return Object.entries(settings).flatMap(([name, value]) => {
    if (name === 'auth') return checkCredentials(value, `${path}.auth`);
    if (!name.endsWith('Url') || typeof value !== 'string' || !URL.canParse(value)) return [];
    return checkUrl(value, name, allowInsecure).map((message) => ({ path: `${path}.${name}`, message }));
  });
}

/** Messages do not repeat the URL: it may contain a password. */
function checkUrl(text: string, name: string, allowInsecure: boolean): string[] {
  const { protocol, hostname, username, password } = new URL(text);
  const messages: string[] = [];
  // Credentials would be sent in clear text.
  if (protocol !== 'https:' && !isLoopback(hostname) && !allowInsecure) {
    messages.push('must be https, unless `allowInsecure: true` is set');
  }
  if (username !== '' || password !== '') {
    messages.push('must hold no user name or password: they belong under `auth`');
  }
  // Paths are appended to a base URL. A token endpoint may have a query (RFC 6749, section 3.2).
  if (text.includes('#')) messages.push('must hold no fragment');
  if (name === 'baseUrl' && text.includes('?')) messages.push('must hold no query');
  if (/\s/.test(text)) messages.push('must hold no white space');
  return messages;
}

/** A secret read from a file often keeps the file's trailing newline, which no provider accepts. */
function checkCredentials(auth: unknown, path: string): Problem[] {
  if (typeof auth !== 'object' || auth === null) return [];
  return Object.entries(auth).flatMap(([name, value]) => {
    if (typeof value !== 'string') return [];
    const at = `${path}.${name}`;
    if (/\p{Cc}/u.test(value)) {
      return [{ path: at, message: 'must hold no line end or other control character' }];
    }
    // Basic authentication takes everything after the first colon for the password (RFC 7617, section 2).
    if (name === 'username' && value.includes(':')) return [{ path: at, message: 'must hold no colon' }];
    return [];
  });
}
