import { Fault } from './fault.ts';
import { noCharacter } from './patterns.ts';

/** Entities that need no DTD. */
const entities = new Map(Object.entries({ amp: '&', lt: '<', gt: '>', apos: "'", quot: '"' }));
const blank = { text: /\r\n?/g, attribute: /\r\n?|[\t\n]/g };
const reference = '&(?:(#\\d+|#x[\\da-fA-F]+|[\\w.:-]+);)?';
const both = {
  text: RegExp(`${blank.text.source}|${reference}`, 'g'),
  attribute: RegExp(`${blank.attribute.source}|${reference}`, 'g'),
};

/**
 * A text, or the value of an attribute, as XML reads it: references resolved, line ends as `\n` or, in an attribute, as blanks.
 *
 * @param at the offset of the text in its document
 * @throws Fault at the first `&` that begins no reference
 */
export function normalize(text: string, at: number, kind: 'text' | 'attribute'): string {
  const one = kind === 'text' ? '\n' : ' ';
  if (!text.includes('&')) return text.replace(blank[kind], one);
  return text.replace(both[kind], (match, name: string | undefined, offset: number) =>
    match.startsWith('&') ? resolve(name, at + offset) : one,
  );
}

function resolve(name: string | undefined, at: number): string {
  if (name === undefined) throw new Fault('an unescaped `&`: write `&amp;`', at);
  const isNumber = name.startsWith('#');
  const character = isNumber ? toCharacter(name.slice(1)) : entities.get(name);
  if (character !== undefined) return character;
  if (isNumber) throw new Fault('malformed character entity', at);
  throw new Fault('undefined entity: without a DTD there are amp, lt, gt, apos and quot', at);
}

/** @param number such as `233` or `xe9` */
function toCharacter(number: string): string | undefined {
  const code = Number(number.startsWith('x') ? `0${number}` : number);
  const character = code <= 0x10ffff ? String.fromCodePoint(code) : '';
  return character === '' || noCharacter.test(character) ? undefined : character;
}
