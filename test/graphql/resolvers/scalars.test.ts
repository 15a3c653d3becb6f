import fc from 'fast-check';
import { GraphQLError, type GraphQLScalarType, parse, parseValue, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { loadSchema } from '../../../src/graphql/load-schema.ts';
import { DateTime, URLScalar } from '../../../src/graphql/resolvers/scalars.ts';
import { runs } from '../../support/runs.ts';
import { webUrl } from '../../support/web-url.ts';

/** What the scalar makes of a value, which must be the same in a variable and in a query's own text. */
function read(scalar: GraphQLScalarType, value: unknown): unknown {
  const asVariable = attempt(() => scalar.parseValue(value));
  const literal = parseValue(JSON.stringify(value));
  expect(attempt(() => scalar.parseLiteral(literal, {}))).toEqual(asVariable);
  return asVariable;
}

/** The answer, or the message of the refusal. */
function attempt(parse: () => unknown): unknown {
  try {
    return parse();
  } catch (error) {
    if (error instanceof GraphQLError && error.extensions.code === 'INVALID_INPUT') return [error.message];
    throw error;
  }
}

describe('a DateTime', () => {
  const refusal = ['A DateTime is RFC 3339 text with an offset, e.g. "2026-11-21T06:20:00Z".'];

  it.each([
    ['2026-11-21T06:20:00Z', '2026-11-21T06:20:00.000Z'],
    ['2026-11-21t06:20:00z', '2026-11-21T06:20:00.000Z'],
    ['2026-11-21T06:20:00.5Z', '2026-11-21T06:20:00.500Z'],
    ['2026-11-21T06:20:00.123999999Z', '2026-11-21T06:20:00.123Z'],
    ['2026-11-21T06:20:00+01:00', '2026-11-21T05:20:00.000Z'],
    ['2026-11-21T06:20:00-00:00', '2026-11-21T06:20:00.000Z'],
    ['2026-01-01T00:00:00+23:59', '2025-12-31T00:01:00.000Z'],
    ['2024-02-29T23:00:00-02:00', '2024-03-01T01:00:00.000Z'],
    ['0000-01-01T00:00:00Z', '0000-01-01T00:00:00.000Z'],
    ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
    ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00.000Z'],
    ['2015-06-30t23:59:60z', '2015-07-01T00:00:00.000Z'],
    ['2016-12-31T23:59:60.25Z', '2017-01-01T00:00:00.250Z'],
    ['1990-12-31T15:59:60-08:00', '1991-01-01T00:00:00.000Z'],
    ['2017-01-01T05:29:60.999999999+05:30', '2017-01-01T00:00:00.999Z'],
    ['2016-12-31T23:59:60+00:00', '2017-01-01T00:00:00.000Z'],
  ])('is read: %s', (text, moment) => {
    expect(read(DateTime, text)).toBe(moment);
  });

  it.each([
    '',
    '2026-11-21',
    '06:20:00Z',
    '2026-11-21T06:20:00',
    '2026-11-21T06:20Z',
    '2026-11-21 06:20:00Z',
    ' 2026-11-21T06:20:00Z',
    '2026-11-21T06:20:00Z\n',
    '2026-11-21T06:20:00.Z',
    '2026-11-21T06:20:00,5Z',
    '2026-11-21T06:20:00.1234567890Z',
    '2026-11-21T06:20:00+0100',
    '2026-11-21T06:20:00 UTC',
    '2026-11-21T24:00:00Z',
    '2026-11-21T06:60:00Z',
    '2026-11-21T06:20:61Z',
    '2026-11-21T06:20:00+24:00',
    '2026-11-21T06:20:00+12:60',
    '+002026-11-21T06:20:00Z',
    'Sat, 21 Nov 2026 06:20:00 GMT',
    '1790000000000',
    1_790_000_000_000,
    1.5,
    true,
    null,
    ['2026-11-21T06:20:00Z'],
  ])('is refused: %j', (value) => {
    expect(read(DateTime, value)).toEqual(refusal);
  });

  it.each([
    '2026-13-01T06:20:00Z',
    '2026-00-01T06:20:00Z',
    '2026-11-00T06:20:00Z',
    '2026-02-29T06:20:00Z',
    '2026-02-30T06:20:00Z',
    '2026-04-31T06:20:00Z',
    '2026-06-31T23:59:60Z',
  ])('of no day is refused as such: %s', (value) => {
    expect(read(DateTime, value)).toEqual(['A DateTime must name a day that there is.']);
  });

  it.each([
    '2016-12-31T12:59:60Z',
    '2016-12-31T23:58:60Z',
    '2016-12-31T23:59:60+01:00',
    '2016-12-31T23:59:60-08:00',
    '2017-01-01T05:59:60+05:30',
  ])('has no leap second but where the day ends in UTC: %s', (value) => {
    expect(read(DateTime, value)).toEqual([
      'A DateTime has a second 60 only at the end of a day in UTC, 23:59:60Z.',
    ]);
  });

  it.each(['0000-01-01T00:00:00+01:00', '9999-12-31T23:59:59-01:00', '9999-12-31T23:59:60Z'])(
    'whose year has not four digits in UTC is refused as such: %s',
    (value) => {
      expect(read(DateTime, value)).toEqual(['A DateTime must be within the years 0000 to 9999 in UTC.']);
    },
  );

  it('of a leap second is the second after the one before it, for any offset', () => {
    const minutes = fc.integer({ min: -1439, max: 1439 });
    fc.assert(
      fc.property(fc.constantFrom('2016-12-31', '2015-06-30'), minutes, fc.nat(999), (date, offset, ms) => {
        const last = Date.parse(`${date}T23:59:59Z`);
        const local = new Date(last + offset * 60_000).toISOString().slice(0, 17);
        const pad = (value: number) => `${Math.floor(value)}`.padStart(2, '0');
        const zone = `${offset < 0 ? '-' : '+'}${pad(Math.abs(offset) / 60)}:${pad(Math.abs(offset) % 60)}`;
        const text = `${local}60.${`${ms}`.padStart(3, '0')}${zone}`;
        expect(read(DateTime, text)).toBe(new Date(last + 1000 + ms).toISOString());
      }),
    );
  });

  it('is what Date makes of it, for any moment and offset', () => {
    const offset = fc
      .tuple(fc.constantFrom('+', '-'), fc.nat(23), fc.nat(59))
      .map(([sign, hours, minutes]) => {
        return `${sign}${`${hours}`.padStart(2, '0')}:${`${minutes}`.padStart(2, '0')}`;
      });
    const moment = fc.date({ min: new Date('0001-01-02'), max: new Date('9998-12-30'), noInvalidDate: true });
    const digits = fc.stringMatching(/^\d{1,9}$/);
    fc.assert(
      fc.property(moment, fc.oneof(fc.constant('Z'), offset), digits, (date, zone, fraction) => {
        const text = `${date.toISOString().slice(0, 19)}.${fraction}${zone}`;
        const toTheMillisecond = text.replace(`.${fraction}`, `.${fraction.slice(0, 3)}`);
        expect(read(DateTime, text)).toBe(new Date(toTheMillisecond).toISOString());
      }),
      { numRuns: runs(300) },
    );
  });

  it('sorts as text as it does in time', () => {
    const moment = fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(moment, moment, (a, b) => {
        const [one, other] = [a, b].map((date) => String(read(DateTime, date.toISOString())));
        expect(String(one) < String(other)).toBe(a < b);
      }),
    );
  });

  it('is given as the domain holds it', () => {
    expect(DateTime.serialize('2026-11-21T06:20:00.000Z')).toBe('2026-11-21T06:20:00.000Z');
  });
});

/** RFC 3986, section 3, of an http or https URL with an authority; without user information. */
const character = String.raw`(?:[A-Za-z0-9\-._~!$&'()*+,;=:@]|%[0-9A-Fa-f]{2})`;
const grammar = new RegExp(
  String.raw`^https?://(?:\[[0-9a-f:.]+\]|(?:[A-Za-z0-9\-._~!$&'()*+,;=]|%[0-9A-Fa-f]{2})+)(?::\d+)?` +
    `(?:/${character}*)*(?:\\?(?:${character}|[/?])*)?(?:#(?:${character}|[/?])*)?$`,
);

/** What is asked of whom: the parts of a URL as the bytes that a server makes of them. */
function meaningOf(url: string): unknown[] {
  const { protocol, host, pathname, search, hash } = new URL(url);
  const bytes = (text: string) =>
    text.replace(/%([\dA-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return [protocol, host, bytes(pathname), bytes(search), bytes(hash)];
}

describe('a URL', () => {
  it('may name a host that is not ASCII, however many have been read before', () => {
    const read = () => URLScalar.parseValue('https://Exämple.com/');
    expect(new Set(Array.from({ length: 20_000 }, read))).toEqual(new Set(['https://xn--exmple-cua.com/']));
  });

  const refusal = ['A URL is absolute, and http or https, e.g. "https://example.com/answer".'];

  it.each([
    'https://example.com/',
    'http://example.com:8080/answer?x=%20&y#z',
    'https://[2001:db8::1]/',
    "https://example.com/a@b:c;d,e=f!$&'()*+",
    'https://example.com/?',
    'https://example.com/?a=b?c/d',
    'https://my_app.internal/',
    `https://example.com/${'x'.repeat(2028)}`,
  ])('is passed on as it was written, being as RFC 3986 writes it: %s', (url) => {
    expect(read(URLScalar, url)).toBe(url);
  });

  it.each([
    ['an empty path', 'https://example.com', 'https://example.com/'],
    ['capitals', 'HTTPS://EXAMPLE.com/A', 'https://example.com/A'],
    ['a default port', 'https://example.com:443/', 'https://example.com/'],
    ['dots', 'https://example.com/a/../b/./%2e%2E/c', 'https://example.com/c'],
    ['an address as a number', 'http://0x7f.1/', 'http://127.0.0.1/'],
    [
      'an international host',
      'https://bücher.example/grün?q=ü#ü',
      'https://xn--bcher-kva.example/gr%C3%BCn?q=%C3%BC#%C3%BC',
    ],
    ['a full-width host', 'https://ｅxample．com/', 'https://example.com/'],
    ['what cannot be seen', 'https://exa\u00admple.com/\u202ea', 'https://example.com/%E2%80%AEa'],
    ['a bar', 'https://example.com/a|b?c|d#e|f', 'https://example.com/a%7Cb?c%7Cd#e%7Cf'],
    [
      'a circumflex and a backtick',
      'https://example.com/^`?^`#^`',
      'https://example.com/%5E%60?%5E%60#%5E%60',
    ],
    ['brackets', 'https://example.com/[a]?[b]=1#[c]', 'https://example.com/%5Ba%5D?%5Bb%5D=1#%5Bc%5D'],
    ['braces', 'https://example.com/{a}?{b}#{c}', 'https://example.com/%7Ba%7D?%7Bb%7D#%7Bc%7D'],
    ['quotation marks', `https://example.com/"?"'#"`, `https://example.com/%22?%22%27#%22`],
    ['angle brackets', 'https://example.com/<a>?<b>#<c>', 'https://example.com/%3Ca%3E?%3Cb%3E#%3Cc%3E'],
    [
      'a percent sign that encodes nothing',
      'https://example.com/%zz%?%#%2',
      'https://example.com/%25zz%25?%25#%252',
    ],
    ['a fragment with a hash', 'https://example.com/#a#b', 'https://example.com/#a%23b'],
  ])('with %s is written as RFC 3986 has it: %s', (_, url, uri) => {
    expect(read(URLScalar, url)).toBe(uri);
    expect(uri).toMatch(grammar);
  });

  it.each([
    '',
    'example.com',
    '/answer',
    '//example.com/answer',
    'https://',
    'https:example.com',
    'https:/example.com',
    'https:///example.com',
    'https:\\\\example.com',
    'https://example.com:99999',
    'https://exa%mple.com',
    'https://a^b/',
    ' https://example.com',
    'ftp://example.com',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'data:text/xml,<Bxml/>',
    'sip:alice@example.com',
    42,
    true,
    null,
    ['https://example.com'],
  ])('is refused: %j', (value) => {
    expect(read(URLScalar, value)).toEqual(refusal);
  });

  const controls = ['A URL must not hold control characters, such as a tab or a line break.'];
  const blanks = ['A URL must not hold blanks: write %20.'];
  it.each([
    ['https://example.com\n', controls],
    ['https://exa\tmple.com', controls],
    ['https://example.com/\r\nX-Evil: 1', controls],
    ['https://example.com/\u0000', controls],
    ['https://example.com/\u0085', controls],
    ['https://exa mple.com', blanks],
    ['https://example.com/a b', blanks],
    ['https://example.com/a\u00a0b', blanks],
    ['https://example.com/\u2028', blanks],
    ['https://example.com\\@evil.example', ['A URL must not hold backslashes: write %5C.']],
    ['https://example.com/\ud800', ['A URL must not hold half of a surrogate pair, which is no character.']],
    ['https://a"b/', ['A URL must name a host of letters, digits, dots and hyphens.']],
  ])(
    'in which WHATWG takes something out, or for something else, is refused with what that is: %j',
    (url, message) => {
      expect(attempt(() => URLScalar.parseValue(url))).toEqual(message);
    },
  );

  it.each(['https://user@example.com', 'https://user:secret@example.com', 'https://:secret@example.com'])(
    'must not hold credentials, which would be told to everybody: %s',
    (url) => {
      expect(read(URLScalar, url)).toEqual(['A URL must not hold a user name or password.']);
    },
  );

  it.each(['x'.repeat(2029), `${'x'.repeat(2020)}|||`, 'é'.repeat(400)])(
    'must not be endless, as it leaves: %#',
    (path) => {
      expect(read(URLScalar, `https://example.com/${path}`)).toEqual([
        'A URL has at most 2048 characters, percent-encoded.',
      ]);
    },
  );

  it.each([
    ['of 254 ideographs', `https://${'一'.repeat(254)}/`],
    ['with a name of the user and a port', `https://${'a'.repeat(63)}@${'a.'.repeat(127)}:8080?x`],
  ])('must not name an endless host: %s', (_, url) => {
    expect(read(URLScalar, url)).toEqual(['A URL must name a host of at most 253 characters.']);
  });

  it('may name a host of 253 characters', () => {
    const url = `https://${'a.'.repeat(126)}a:8080/`;
    expect(read(URLScalar, url)).toBe(url);
    expect(read(URLScalar, `https://${'ü'.repeat(30)}.example/`)).toMatch(/^https:\/\/xn--/);
  });

  it('matches the grammar of RFC 3986, is its own form, and asks the same of the same server, whatever is let through', () => {
    const text = fc.string({
      unit: fc.oneof(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
        fc.constantFrom(...'%%az09/?#|^`[]{}"<>&=.@:;\\'),
      ),
      maxLength: 20,
    });
    const host = fc.constantFrom('example.com', 'EXAMPLE.com:80', '[::1]', 'bücher.example', '0x7f.1', 'a_b');
    fc.assert(
      fc.property(fc.constantFrom('http', 'HTTPS'), host, text, (scheme, where, rest) => {
        const url = `${scheme}://${where}/${rest}`;
        const uri = attempt(() => URLScalar.parseValue(url));
        if (typeof uri !== 'string') return;
        expect(uri).toMatch(grammar);
        expect(read(URLScalar, uri)).toBe(uri);
        expect(meaningOf(uri)).toEqual(meaningOf(url));
      }),
      { numRuns: runs(500) },
    );
  });

  it('is any that is made of what a URL is made of', () => {
    fc.assert(
      fc.property(webUrl, (url) => {
        expect(meaningOf(String(read(URLScalar, url)))).toEqual(meaningOf(url));
      }),
    );
  });

  it('is given as the domain holds it', () => {
    expect(URLScalar.serialize('https://example.com')).toBe('https://example.com');
  });
});

describe('a bad value in a document', () => {
  it.each([
    ['of a DateTime', '{ calls(filter: { createdAfter: "today" }) { nodes { id } } }', 33],
    [
      'of a URL',
      'mutation { updateCall(input: { id: "a", change: { redirect: { url: "x" } } }) { call { id } } }',
      68,
    ],
  ])('%s is refused with the place where it stands', (_, text, column) => {
    const [error] = validate(loadSchema(), parse(text));
    expect(error?.extensions).toEqual({ code: 'INVALID_INPUT' });
    expect(error?.locations).toEqual([{ line: 1, column }]);
  });
});
