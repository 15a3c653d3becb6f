import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalizeAddress, toAddress } from '../../src/calls/address.ts';
import { Refusal } from '../../src/calls/failure.ts';
import { runs } from '../support/runs.ts';

const field = ['input', 'to'];

/** The address, or the message of the refusal. */
function read(text: string): string | { readonly refused: string } {
  try {
    return toAddress(text, field);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    expect(error).toMatchObject({ code: 'INVALID_INPUT', field });
    expect(error.message).toMatch(/^`input\.to` .*\.$/);
    return { refused: error.message };
  }
}

const digitsOf = (text: string) => text.replace(/\D/g, '');

describe('an address', () => {
  it.each([
    ['blanks, hyphens and brackets', '+1 (919) 555-1234', '+19195551234'],
    ['dots', '1.919.555.1234', '19195551234'],
    ['a bracket before the plus sign', '(+1) 919 555 1234', '+19195551234'],
    ['a no-break space', '0049 30\u00a0123', '004930123'],
    ['a no-break hyphen', '+1919\u20115551234', '+19195551234'],
    ['a soft hyphen', '+1919\u00ad5551234', '+19195551234'],
    ['figure and en dashes, and a minus sign', '+1\u2012919\u2013555\u22121234', '+19195551234'],
    ['directions, as contacts are copied', '\u202a+1 919 555 1234\u202c', '+19195551234'],
    ['a zero-width space', '\u200b+1919\u200b5551234', '+19195551234'],
    ['a byte order mark', '\ufeff+19195551234', '+19195551234'],
    ['full-width forms', '＋１（９１９）５５５－１２３４', '+19195551234'],
    ['a line break behind it', '+19195551234\r\n', '+19195551234'],
    ['nothing', '911', '911'],
    ['stars and hashes', '*72#', '*72#'],
  ])('loses what is only layout in a number: %s', (_, text, address) => {
    expect(read(text)).toBe(address);
    expect(normalizeAddress(text)).toBe(address);
  });

  it.each([
    'sip:+19195551234@example.com',
    'sips:bob@example.com?X-A=b',
    'client:alice',
    'client:alice smith',
    'bob@example.com',
    'anonymous',
    'CALLS REST API',
    '+19195551234?X-A=b',
    '+1234567890123456',
    'Zoë',
    '-',
  ])('that is no number stays as it stands: %s', (text) => {
    expect(read(text)).toBe(text);
    expect(read(` \u202a${text}\u202c\n`)).toBe(text);
  });

  it.each([
    ['a slash', '+19195550100/01'],
    ['a slash and an area code', '030/123456'],
    ['two plus signs', '++19195550100'],
    ['a plus sign within', '1+2'],
    ['nothing but a plus sign', '+'],
    ['an extension', '+1 919 555 0100 x12'],
    ['an extension in words', '+19195550100 ext. 12'],
    ['a parameter', '+19195550100;ext=12'],
    ['a pause', '+19195550100,,12'],
    ['another number', '+19195550100, +19195550101'],
    ['another number behind a blank', '9195550100 9195550101'],
    ['another number behind a semicolon', '+19195550100;+19195550101'],
    ['letters', '+1-800-FLOWERS'],
    ['a zero for those at home', '+44 (0)20 7946 0000'],
    ['the same behind an international prefix', '0044 (0) 20 7946 0000'],
    ['a number in brackets at its end', '+1 919 555 0100 (2)'],
    ['a dash that stands for "to"', '9195550100\u20145550109'],
    ['a wave dash that does', '9195550100\u301c109'],
    ['digits of another script', '+١٩١٩٥٥٥٠١٠٠'],
    ['a footnote', '+19195550100²'],
    ['three more numbers, being an IPv4 address', '192.168.10.1'],
    ['a full-width slash', '+19195550100／01'],
  ])('that is a number with more to it is refused: %s', (_, text) => {
    expect(read(text)).toEqual({ refused: expect.stringContaining('is not one telephone number') });
    expect(digitsOf(normalizeAddress(text))).toBe(digitsOf(text));
    expect(normalizeAddress(text)).not.toMatch(/^\+?\d+$/);
  });

  it.each([
    ['a tab', 'a\tb', 'a tab (U+0009)'],
    ['a tab between two cells', '+1919\t5550100', 'a tab (U+0009)'],
    ['a line break', '1234\n5678', 'U+000A'],
    ['a header', '+1919x\r\nX-Evil: 1', 'U+000D'],
    ['a NUL', 'client:a\u0000', 'U+0000'],
    ['a zero-width space', 'ali\u200bce', 'U+200B'],
    ['a soft hyphen', 'sip:ali\u00adce@example.com', 'U+00AD'],
    ['a direction', 'client:\u202eecila', 'U+202E'],
    ['a line separator', 'a\u2028b', 'U+2028'],
    ['a tag', 'client:a\u{e0041}', 'U+E0041'],
  ])('with what cannot be seen in it is refused with what that is: %s', (_, text, name) => {
    expect(read(text)).toEqual({
      refused: `\`input.to\` holds a character that cannot be seen, ${name}.`,
    });
  });

  it.each([
    ['an override', '+1919\u202e3210555', 'U+202E'],
    ['an override around it', '\u202e+19195551234\u202c', 'U+202E'],
    ['an override behind it', '+19195551234\u202e', 'U+202E'],
    ['an override to the right', 'client:\u202dalice', 'U+202D'],
    ['an embedding', '+1919 \u202b321 0555\u202c', 'U+202B'],
    ['an isolate', '+1919 \u2067321 0555\u2069', 'U+2067'],
    ['a mark', '+1919 \u200f321 0555', 'U+200F'],
    ['an Arabic mark', '+1919 \u061c321 0555', 'U+061C'],
  ])('that is read in another order than it is dialled in is refused: %s', (_, text, name) => {
    expect(read(text)).toEqual({
      refused: `\`input.to\` holds a character that cannot be seen, ${name}.`,
    });
    expect(normalizeAddress(text)).toBe(text);
  });

  it.each([
    ['', 'must not be empty'],
    [' \t', 'must not be empty'],
    ['\u202a\u202c', 'must not be empty'],
    ['client:\ud800', 'holds half of a surrogate pair'],
    ['tel:+19195550100', 'is a tel: URI'],
    ['x'.repeat(2049), 'has more than 2048 characters'],
  ])('%j is refused', (text, what) => {
    expect(read(text)).toEqual({ refused: expect.stringContaining(what) });
  });

  const noise = [
    ...'+ ().-/,;xX*#@:?\t\n0159',
    '(0)',
    '\u00a0',
    '\u202a',
    '\u202e',
    '\u200f',
    '\u2011',
    '\u00ad',
    '\u2014',
    '１',
    '＋',
    '٣',
    '²',
  ];
  const someText = fc.string({ unit: fc.constantFrom(...noise), maxLength: 24 });

  it('is dialled with exactly the digits that were written, in their order, or not at all', () => {
    fc.assert(
      fc.property(someText, (text) => {
        const address = read(text);
        if (typeof address !== 'string') return;
        expect(digitsOf(address.replaceAll('１', '1'))).toBe(digitsOf(text.replaceAll('１', '1')));
        expect(/[+＋]/.test(address)).toBe(/[+＋]/.test(text));
        expect(text).not.toMatch(/[\u200f\u202e]/);
      }),
      { numRuns: runs(1_500) },
    );
  });

  it('stays what it is once normalised', () => {
    fc.assert(
      fc.property(someText, (text) => {
        const normalized = normalizeAddress(text);
        expect(normalizeAddress(normalized)).toBe(normalized);
      }),
      { numRuns: runs(1_500) },
    );
  });

  it('is found however a number is punctuated, if it is dialled so', () => {
    const parts = fc.array(
      fc.tuple(fc.constantFrom('', ' ', '-', '.', '\u00ad', '\u2011', '\u202c'), fc.nat(9)),
      { minLength: 1, maxLength: 15 },
    );
    fc.assert(
      fc.property(parts, (each) => {
        const plain = `+${each.map(([, digit]) => digit).join('')}`;
        expect(read(`+${each.flat().join('')}`)).toBe(plain);
      }),
    );
  });
});
