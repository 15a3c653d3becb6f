import { invalidInput } from './failure.ts';
import { requireWellFormedText } from './well-formed-text.ts';

/**
 * Characters that format a telephone number and are not dialled: blanks, dots, brackets, hyphens up to the en dash,
 * the minus sign, and invisible characters. Not a slash, which may separate two numbers, nor longer dashes,
 * which may mean "to".
 */
const formatting = String.raw`\p{Zs}.()\-\u2010-\u2013\u2212\p{DI}`;
const formatted = new RegExp(`^[+\\d${formatting}]+$`, 'u');
const plain = /^\+?\d+$/;
const blank = /[\s\p{DI}]/u;
const invisible = /[\p{Cc}\p{Cf}\p{DI}\p{Zl}\p{Zp}]/u;
/**
 * Controls that change the order in which digits or letters are displayed (UAX #9, sections 2.1 to 2.6): a number with
 * U+202E in it is displayed in another order than it is dialled in. Controls that only keep text left to right, which
 * contacts are copied with, are formatting.
 */
const reordering = /[\u061c\u200f\u202b\u202d\u202e\u2067]/;
/** Characters. Longer than any number or SIP URI in use. */
const longest = 2048;
/** The most digits of an international number (E.164, section 6). */
const maxDigits = 15;

/**
 * The form in which addresses are dialled and compared. A telephone number is reduced to its plus sign and digits.
 * Anything else (SIP URI, client name) is only trimmed, and so is a text that could be read as more than one number.
 */
export function normalizeAddress(address: string): string {
  // The fast path for most calls of a list.
  if (plain.test(address) || reordering.test(address)) return address;
  const text = trim(address);
  if (plain.test(text)) return text;
  const narrow = toHalfWidth(text);
  if (!formatted.test(narrow) || isAmbiguous(narrow)) return text;
  const number = narrow.replace(/[^\d+]/g, '');
  return plain.test(number) && number.replace('+', '').length <= maxDigits ? number : text;
}

/**
 * Validates and normalizes an address in the input of a client, the same way for a call to place and for a filter, so
 * that a filter finds what was dialled. Which kinds of addresses a provider takes is checked by its adapter.
 *
 * @param field the path of the argument that the error names
 * @throws Refusal INVALID_INPUT for an address that is empty, too long, not well-formed Unicode, contains invisible
 *   characters, or is a telephone number with more than formatting in it, such as an extension
 */
export function toAddress(text: string, field: readonly string[]): string {
  requireWellFormedText(text, field);
  const address = text.length > longest ? text : normalizeAddress(text);
  const fault = faultOf(address);
  if (fault !== undefined) throw invalidInput(field, fault);
  return address;
}

/** What is wrong with a normalized address; undefined if nothing is. */
function faultOf(address: string): string | undefined {
  if (address.length > longest) return `has more than ${longest} characters`;
  if (address === '') return 'must not be empty';
  const hidden = invisible.exec(address)?.[0];
  if (hidden !== undefined) return `holds a character that cannot be seen, ${nameOf(hidden)}`;
  if (/^tel:/i.test(address)) return 'is a tel: URI: give the number alone, like +19195551234';
  if (!isNumberWithMore(address)) return undefined;
  return 'is not one telephone number: give its digits, with a plus sign before the country code';
}

/**
 * Whether the digits alone may be another number: `+44 (0)20 …`, whose zero is not dialled from abroad, a number
 * followed by another in brackets, or an IPv4 address.
 */
function isAmbiguous(text: string): boolean {
  const significant = text.replace(/[^+\d()]/g, '');
  return (
    /^\(*(?:\+|00).*\(0+\)/.test(significant) ||
    /\(\d+\)$/.test(significant) ||
    /^\d{1,3}(?:\.\d{1,3}){3}$/.test(text)
  );
}

/**
 * Whether a text looks like a telephone number (a leading plus sign, or digits and no letter) but contains other
 * characters than digits, `*` and `#`. What follows a `?` is ignored: Restcomm takes SIP headers there.
 */
function isNumberWithMore(address: string): boolean {
  const [number = ''] = toHalfWidth(address).split('?', 1);
  if (number.includes('@') || /^\+?[\d*#]+$/.test(number)) return false;
  return number.startsWith('+') || (/\p{N}/u.test(number) && !/\p{L}/u.test(number));
}

/** Trims in linear time, which a regular expression that ends in `$` does not. */
function trim(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && blank.test(text.charAt(start))) start += 1;
  while (end > start && blank.test(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/** Replaces the full-width forms of ASCII characters, which East Asian keyboards produce. */
function toHalfWidth(text: string): string {
  return text.replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));
}

function nameOf(character: string): string {
  const hex = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return character === '\t' ? `a tab (U+${hex})` : `U+${hex}`;
}
