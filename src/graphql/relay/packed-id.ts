import { type HexReader, toHex } from './hex-reader.ts';

/**
 * Forms of ids by number. `#8` stands for eight lower-case hexadecimal digits, which are packed as they are; the rest
 * is packed as the number of the form. A cursor holds the number, so append only.
 */
const forms = [
  '',
  // Sorts after every id: see `toAccountPosition`.
  '\uffff',
  'c-#8-#8-#4-#4-#4-#12',
  'ID#32-CA#32',
  'CA#32',
  'RN#32',
  '#8-#4-#4-#4-#12',
];
const digitGroup = /#(\d+)/g;
const patterns = forms.map((form) => new RegExp(`^${form.replace(digitGroup, '([0-9a-f]{$1})')}$`));

/** In place of a form: an id in UTF-8, after the number of its bytes. */
const anyForm = 0xe;

/** Packs an id of at most 4,095 bytes as hexadecimal digits. */
export function packId(id: string): string {
  for (const [number, pattern] of patterns.entries()) {
    const match = pattern.exec(id);
    if (match !== null) return toHex(number, 1) + match.slice(1).join('');
  }
  const bytes = Buffer.from(id);
  return toHex(anyForm, 1) + toHex(bytes.length, 3) + bytes.toString('hex');
}

/**
 * Reads what `packId` has written.
 *
 * @throws RangeError when it is none
 */
export function unpackId(hex: HexReader): string {
  const number = hex.number(1);
  if (number === anyForm) return Buffer.from(hex.take(2 * hex.number(3)), 'hex').toString();
  const form = forms[number];
  if (form === undefined) throw new RangeError('There is no such form of an id.');
  return form.replace(digitGroup, (_, digits) => hex.take(Number(digits)));
}
