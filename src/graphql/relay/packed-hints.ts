import { type HexReader, toHex } from './hex-reader.ts';

/**
 * Hints consist of lower-case letters, digits and these characters. Each character is one digit of Base64url, which has
 * capital letters that are not used otherwise. `|` separates the hints.
 */
const symbols = ' .,;~+/|';
const capitals = 'ABCDEFGH';
const filling = 'Z';
/**
 * Longer ones, and those with other characters, are left out: a hint affects the cost only. Those of usual pages have
 * up to 45 characters. A search that spends all its requests gets no further without its hint, which has up to 105.
 */
const usable = /^[a-z0-9 .,;~+/-]{1,128}$/;

/** Packs the hints of the accounts with these keys as hexadecimal digits. */
export function packHints(hints: ReadonlyMap<string, string>, keys: readonly string[]): string {
  const text = keys.map((key) => hints.get(key) ?? '').map((hint) => (usable.test(hint) ? hint : ''));
  const digits = text.join('|').replace(/[ .,;~+/|]/g, (symbol) => capitals[symbols.indexOf(symbol)] ?? '');
  const bytes = Buffer.from(digits.padEnd(Math.ceil(digits.length / 4) * 4, filling), 'base64url');
  return toHex(bytes.length, 4) + bytes.toString('hex');
}

/**
 * Reads what `packHints` has written.
 *
 * @throws RangeError when it is none
 */
export function unpackHints(hex: HexReader, keys: readonly string[]): Map<string, string> {
  const digits = Buffer.from(hex.take(2 * hex.number(4)), 'hex').toString('base64url');
  const text = digits.replace(/[A-HZ]/g, (capital) => symbols[capitals.indexOf(capital)] ?? '');
  const hints = text.split('|', keys.length).flatMap((hint, i): [string, string][] => {
    const key = keys[i];
    return key !== undefined && usable.test(hint) ? [[key, hint]] : [];
  });
  return new Map(hints);
}
