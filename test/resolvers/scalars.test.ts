import fc from 'fast-check';
import { GraphQLError, type GraphQLScalarType, parse, parseValue, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { loadSchema } from '../../src/load-schema.ts';
import { DateTime, URLScalar } from '../../src/resolvers/scalars.ts';

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
    '2026-13-01T06:20:00Z',
    '2026-00-01T06:20:00Z',
    '2026-11-00T06:20:00Z',
    '2026-02-29T06:20:00Z',
    '2026-02-30T06:20:00Z',
    '2026-04-31T06:20:00Z',
    '2026-11-21T24:00:00Z',
    '2026-11-21T06:60:00Z',
    '2026-12-31T23:59:60Z',
    '2026-11-21T06:20:00+24:00',
    '2026-11-21T06:20:00+12:60',
    '0000-01-01T00:00:00+01:00',
    '9999-12-31T23:59:59-01:00',
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
      { numRuns: 1000 },
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

describe('a URL', () => {
  const refusal = ['A URL is absolute, and http or https, e.g. "https://example.com/answer".'];

  it.each([
    'https://example.com',
    'http://example.com:8080/answer?x=%20&y#z',
    'HTTPS://EXAMPLE.com/',
    'https://[2001:db8::1]/',
    'https://bücher.example/grün?q=ü',
    'https://example.com/a@b:c',
    `https://example.com/${'x'.repeat(2028)}`,
  ])('is passed on as it was written: %s', (url) => {
    expect(read(URLScalar, url)).toBe(url);
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
    'https://example.com\\@evil.example',
    'https://example.com:99999',
    'https://exa mple.com',
    ' https://example.com',
    'https://example.com\n',
    'https://exa\tmple.com',
    'https://example.com/\u0000',
    'https://example.com/\u0085',
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

  it.each(['https://user@example.com', 'https://user:secret@example.com', 'https://:secret@example.com'])(
    'must not hold credentials, which would be told to everybody: %s',
    (url) => {
      expect(read(URLScalar, url)).toEqual(['A URL must not hold a user name or password.']);
    },
  );

  it('must not be endless', () => {
    const url = `https://example.com/${'x'.repeat(2029)}`;
    expect(read(URLScalar, url)).toEqual(['A URL has at most 2048 characters.']);
  });

  it('is any that is made of what a URL is made of', () => {
    fc.assert(
      fc.property(fc.webUrl({ withFragments: true, withQueryParameters: true }), (url) => {
        expect(read(URLScalar, url)).toBe(url);
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
