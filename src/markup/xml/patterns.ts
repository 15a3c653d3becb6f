const start =
  ':A-Z_a-z\\u{c0}-\\u{d6}\\u{d8}-\\u{f6}\\u{f8}-\\u{2ff}\\u{370}-\\u{37d}\\u{37f}-\\u{1fff}\\u{200c}\\u{200d}' +
  '\\u{2070}-\\u{218f}\\u{2c00}-\\u{2fef}\\u{3001}-\\u{d7ff}\\u{f900}-\\u{fdcf}\\u{fdf0}-\\u{fffd}\\u{10000}-\\u{effff}';
const name = `[${start}][${start}\\-.0-9\\u{b7}\\u{300}-\\u{36f}\\u{203f}\\u{2040}]*`;
export const blank = '[ \\t\\r\\n]';
/** Matches at an offset only: see `matchAt`. */
export const sticky = (pattern: string) => RegExp(pattern, 'uy');

/** What is no character of XML, half of a pair included (XML 1.0, section 2.2). */
export const noCharacter = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/** The constructs of XML 1.0, sections 2 to 4, each where it begins. */
export const blanks = sticky(`${blank}*`);
export const names = sticky(name);
/** An opening tag as far as its quotation marks tell, well-formed or not. */
export const wholeTag = /<(?:"[^"]*"|'[^']*'|[^"'>])*>/y;
export const openTag = sticky(`<(${name})`);
export const attribute = sticky(`${blank}+(${name})${blank}*=${blank}*(?:"([^"<]*)"|'([^'<]*)')`);
export const tagEnd = sticky(`${blank}*(/?)>`);
export const closeTag = sticky(`</(${name})${blank}*>`);
export const instruction = sticky(`<\\?(?![Xx][Mm][Ll](?:${blank}|\\?>))${name}(?=${blank}|\\?>)`);

/** The match of a sticky pattern at an offset. */
export function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** The offset behind the match of a sticky pattern, or the same if there is none. */
export function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}
