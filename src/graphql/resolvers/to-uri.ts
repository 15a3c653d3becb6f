/**
 * Normalizes an absolute http or https URL to one that every parser reads alike: serialized as the WHATWG standard
 * defines, with percent-encoding for characters that WHATWG allows but RFC 3986 does not (such as `|`, `^`, `{`, `[`
 * in a path, and a `%` that encodes nothing). Normalizing the result again does not change it.
 *
 * Lengths are checked first: the conversion of a host to ASCII takes time that grows with the square of its length
 * (9 s for 100,000 characters).
 *
 * @throws RangeError for any other value, with a message for the client
 */
export function toUri(value: unknown): string {
  if (typeof value !== 'string' || !absolute.test(value)) throw notAbsolute();
  if (value.length > maxLength) throw tooLong();
  for (const [pattern, what] of rejected) {
    if (pattern.test(value)) throw new RangeError(`A URL must not hold ${what}.`);
  }
  if (hostOf(value).length > maxHostLength) {
    throw new RangeError(`A URL must name a host of at most ${maxHostLength} characters.`);
  }
  const { username, password, host, href } = parse(value);
  if (username !== '' || password !== '')
    throw new RangeError('A URL must not hold a user name or password.');
  if (!authority.test(host))
    throw new RangeError('A URL must name a host of letters, digits, dots and hyphens.');
  const [, origin = '', path = '', query = '', fragment = ''] =
    /^(\w+:\/\/[^/?#]+)([^?#]*)(\?[^#]*)?(#.*)?$/.exec(href) ?? [];
  const uri = `${origin}${encode(path)}${encodeAfterFirst(query)}${encodeAfterFirst(fragment)}`;
  if (uri.length > maxLength) throw tooLong();
  return uri;
}

/** `URL.canParse` says no to a host that is not ASCII once V8 has optimised its caller (Node 20 and 22). */
function parse(value: string): URL {
  try {
    return new URL(value);
  } catch {
    throw notAbsolute();
  }
}

const maxLength = 2048;
/** Characters of a domain name (RFC 1035, section 2.3.4: 255 octets with the length of each label). */
const maxHostLength = 253;
/** `https:/x` and `https:///x` mean different things to the WHATWG parser and to others. */
const absolute = /^https?:\/\/[^/]/i;
/** Characters that the WHATWG parser silently removes, or treats as a slash. */
const rejected: readonly (readonly [RegExp, string])[] = [
  [/\p{Surrogate}/u, 'half of a surrogate pair, which is no character'],
  [/\p{Cc}/u, 'control characters, such as a tab or a line break'],
  [/\s/u, 'blanks: write %20'],
  [/\\/, 'backslashes: write %5C'],
];
/** Characters not allowed in a path, query or fragment (RFC 3986, section 3), and `%` without two hexadecimal digits. */
const forbidden = /[^\w\-.~!$&'()*+,;=:@/?%]|%(?![\dA-Fa-f]{2})/g;
const authority = /^[\w\-.~!$&'()*+,;=:[\]]+$/;

/** The host of an absolute URL as written: after a user name, before a port. The URL has no backslashes. */
function hostOf(url: string): string {
  const [, , authority = ''] = url.split(/[/?#]/, 3);
  const host = authority.slice(authority.lastIndexOf('@') + 1);
  return host.replace(/:\d*$/, '');
}

/** Keeps the `?` or `#` that begins the component. */
function encodeAfterFirst(component: string): string {
  return component.slice(0, 1) + encode(component.slice(1));
}

function encode(text: string): string {
  return text.replace(
    forbidden,
    (each) => `%${each.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}

function tooLong(): RangeError {
  return new RangeError(`A URL has at most ${maxLength} characters, percent-encoded.`);
}

function notAbsolute(): RangeError {
  return new RangeError('A URL is absolute, and http or https, e.g. "https://example.com/answer".');
}
