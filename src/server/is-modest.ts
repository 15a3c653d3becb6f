/** Members of objects and items of lists, and how deep they may be nested: a hundred times what is ever of use. */
const mostValues = 20_000;
const deepest = 100;
/** Characters. A shorter text is parsed in a moment, whatever it holds. */
const short = 10_000;

const codeOf = (character: string): number => character.charCodeAt(0);
const [quote, backslash, comma] = [codeOf('"'), codeOf('\\'), codeOf(',')];
const [brace, braceEnd, bracket, bracketEnd] = [codeOf('{'), codeOf('}'), codeOf('['), codeOf(']')];

/**
 * Whether a text of JSON can be parsed in a moment: half a megabyte of 56,000 members, or of 250,000 brackets
 * within each other, holds the event loop for 20 to 50 ms, and to look at its characters for 1. Of what is no
 * JSON it may say anything.
 */
export function isModest(json: string): boolean {
  if (json.length < short) return true;
  let [depth, values] = [0, 0];
  for (let i = 0; i < json.length; i += 1) {
    const code = json.charCodeAt(i);
    if (code === quote) i = endOfText(json, i);
    else if (code === comma) values += 1;
    else if (code === brace || code === bracket) {
      depth += 1;
      values += 1;
    } else if (code === braceEnd || code === bracketEnd) depth -= 1;
    if (depth > deepest || values > mostValues) return false;
  }
  return true;
}

/** Where the quotation mark stands that ends the text begun at `begin`. */
function endOfText(json: string, begin: number): number {
  let end = json.indexOf('"', begin + 1);
  while (end > 0 && isEscaped(json, end)) end = json.indexOf('"', end + 1);
  return end < 0 ? json.length : end;
}

function isEscaped(json: string, at: number): boolean {
  let before = at;
  while (json.charCodeAt(before - 1) === backslash) before -= 1;
  return (at - before) % 2 === 1;
}
