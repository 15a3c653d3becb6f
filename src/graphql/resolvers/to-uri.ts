const longest = 2048;
/** Characters of a domain name (RFC 1035, section 2.3.4: 255 octets with the length of each label). */
const longestHost = 253;
/** Other parsers than WHATWG's read `https:/x` and `https:///x` in other ways. */
const absolute = /^https?:\/\/[^/]/i;
/** What WHATWG's parser takes out, or takes for a slash, without a word. */
const misread: readonly (readonly [RegExp, string])[] = [
  [/\p{Surrogate}/u, 'half of a surrogate pair, which is no character'],
  [/\p{Cc}/u, 'control characters, such as a tab or a line break'],
  [/\s/u, 'blanks: write %20'],
  [/\\/, 'backslashes: write %5C'],
];
/** What may stand in a path, a query or a fragment (RFC 3986, section 3); `%` only before two hexadecimal digits. */
const forbidden = /[^\w\-.~!$&'()*+,;=:@/?%]|%(?![\dA-Fa-f]{2})/g;
const authority = /^[\w\-.~!$&'()*+,;=:[\]]+$/;

/**
 * An absolute http or https URL as RFC 3986 writes it: as the WHATWG standard reads and serialises it, with
 * percent-encoding for the characters that WHATWG leaves but RFC 3986 forbids (such as `|`, `^`, `{`, `[` in a
 * path, and a `%` that encodes nothing). So it means one thing to every parser. It is its own serialisation.
 *
 * Lengths are checked first: the conversion of a host to ASCII takes time that grows with the square of its length
 * (9 s for 100,000 characters).
 *
 * @throws RangeError that says what is wrong, of any other value
 */
export function toUri(value: unknown): string {
  if (typeof value !== 'string' || !absolute.test(value)) throw notAbsolute();
  if (value.length > longest) throw tooLong();
  for (const [pattern, what] of misread) {
    if (pattern.test(value)) throw new RangeError(`A URL must not hold ${what}.`);
  }
  if (hostOf(value).length > longestHost) {
    throw new RangeError(`A URL must name a host of at most ${longestHost} characters.`);
  }
  if (!URL.canParse(value)) throw notAbsolute();
  const { username, password, host, href } = new URL(value);
  if (username !== '' || password !== '')
    throw new RangeError('A URL must not hold a user name or password.');
  if (!authority.test(host))
    throw new RangeError('A URL must name a host of letters, digits, dots and hyphens.');
  const [, origin = '', path = '', query = '', fragment = ''] =
    /^(\w+:\/\/[^/?#]+)([^?#]*)(\?[^#]*)?(#.*)?$/.exec(href) ?? [];
  const uri = `${origin}${encode(path)}${encodeBehindMark(query)}${encodeBehindMark(fragment)}`;
  if (uri.length > longest) throw tooLong();
  return uri;
}

/** The host as it is written, of an absolute URL without backslashes: behind a user name, before a port. */
function hostOf(url: string): string {
  const [, , authority = ''] = url.split(/[/?#]/, 3);
  const host = authority.slice(authority.lastIndexOf('@') + 1);
  return host.replace(/:\d*$/, '');
}

/** The first character begins the component, and is kept. */
function encodeBehindMark(component: string): string {
  return component.slice(0, 1) + encode(component.slice(1));
}

function encode(text: string): string {
  return text.replace(
    forbidden,
    (each) => `%${each.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}

function tooLong(): RangeError {
  return new RangeError(`A URL has at most ${longest} characters, percent-encoded.`);
}

function notAbsolute(): RangeError {
  return new RangeError('A URL is absolute, and http or https, e.g. "https://example.com/answer".');
}
