import { Refusal } from './failure.ts';
import { isWhole } from './whole-text.ts';

/**
 * What people and their software put into a telephone number for the eye: blanks, dots, brackets, hyphens up to
 * the en dash, the minus sign, and characters that nobody sees. A slash is not among them: it separates the
 * numbers of two lines as often as the parts of one. Nor are the longer dashes, which stand for "to".
 */
const layout = String.raw`\p{Zs}.()\-\u2010-\u2013\u2212\p{DI}`;
const layouted = new RegExp(`^[+\\d${layout}]+$`, 'u');
const plain = /^\+?\d+$/;
const marginal = /[\s\p{DI}]/u;
const unseen = /[\p{Cc}\p{Cf}\p{DI}\p{Zl}\p{Zp}]/u;
/**
 * Controls that change the order in which a reader sees digits or letters (UAX #9, sections 2.1 to 2.6): with U+202E
 * in it, a number is read in another order than it is dialled in. Those that only keep text from left to right,
 * which contacts are copied with, are layout.
 */
const reordering = /[\u061c\u200f\u202b\u202d\u202e\u2067]/;
/** Characters: more than any number or SIP URI that is dialled has. */
const longest = 2048;
/** E.164, section 6: the digits of an international number. */
const mostDigits = 15;

/**
 * An address as it is dialled, and as two of them are compared: a telephone number is its plus sign and its
 * digits, without its layout; anything else (SIP URI, client name) is as it stands, without what surrounds it.
 * Whatever could be read as another number than the one that is dialled is left as it stands, too.
 */
export function normalizeAddress(address: string): string {
  // Most of what a list is compared with.
  if (plain.test(address) || reordering.test(address)) return address;
  const text = withoutMargins(address);
  if (plain.test(text)) return text;
  const narrow = toNarrow(text);
  if (!layouted.test(narrow) || isAmbiguous(narrow)) return text;
  const number = narrow.replace(/[^\d+]/g, '');
  return plain.test(number) && number.replace('+', '').length <= mostDigits ? number : text;
}

/**
 * The address in what a client gives, be it to be dialled or to be looked for: so a filter finds what a create
 * has dialled. Which kinds of addresses there are is for the provider's adapter to say.
 *
 * @throws Refusal INVALID_INPUT for one that is empty, that holds what cannot be seen, or that is a telephone
 *   number with more to it than layout, such as an extension
 */
export function toAddress(text: string, field: readonly string[]): string {
  const refuse = (what: string): never => {
    throw new Refusal('INVALID_INPUT', `\`${field.join('.')}\` ${what}.`, { field });
  };
  if (!isWhole(text)) return refuse('holds half of a surrogate pair, which is no character');
  if (text.length > longest) return refuse(`has more than ${longest} characters`);
  const address = normalizeAddress(text);
  if (address === '') return refuse('must not be empty');
  const hidden = unseen.exec(address)?.[0];
  if (hidden !== undefined) {
    return refuse(`holds a character that cannot be seen, ${nameOf(hidden)}`);
  }
  if (/^tel:/i.test(address)) return refuse('is a tel: URI: give the number alone, like +19195551234');
  if (isNumberWithMore(address)) {
    return refuse('is not one telephone number: give its digits, with a plus sign before the country code');
  }
  return address;
}

/**
 * `+44 (0)20 …`, in which the zero is not to be dialled from abroad, a number with another in brackets behind it,
 * and an IPv4 address.
 */
function isAmbiguous(text: string): boolean {
  const seen = text.replace(/[^+\d()]/g, '');
  return (
    /^\(*(?:\+|00).*\(0+\)/.test(seen) || /\(\d+\)$/.test(seen) || /^\d{1,3}(?:\.\d{1,3}){3}$/.test(text)
  );
}

/**
 * Whether a text has a plus sign in front, or digits and no letter, but is more than a number: digits, `*` and
 * `#`. A `?` begins the headers that Restcomm takes behind one.
 */
function isNumberWithMore(address: string): boolean {
  const [number = ''] = toNarrow(address).split('?', 1);
  if (number.includes('@') || /^\+?[\d*#]+$/.test(number)) return false;
  return number.startsWith('+') || (/\p{N}/u.test(number) && !/\p{L}/u.test(number));
}

/** In time that grows with the length alone, as no expression that ends in `$` does it. */
function withoutMargins(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && marginal.test(text.charAt(start))) start += 1;
  while (end > start && marginal.test(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/** Full-width forms, as East Asian keyboards write them, are the characters of ASCII once more. */
function toNarrow(text: string): string {
  return text.replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));
}

function nameOf(character: string): string {
  const hex = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return character === '\t' ? `a tab (U+${hex})` : `U+${hex}`;
}
