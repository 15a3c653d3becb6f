/** So many open brackets the parser, the rules of validation and our own analysis can follow on the stack. */
export const maxNesting = 1_000;

const opening = '{[(';
const closing = '}])';

/**
 * Whether brackets are nested more than `maxNesting` deep in a document, outside its strings and comments (GraphQL,
 * section 2.1). It is read before it is parsed: graphql-js descends with each bracket, and overflows the stack at some
 * 4,000.
 */
export function isNestedTooDeep(document: string): boolean {
  // Most documents are shorter than it takes.
  if (document.length <= maxNesting) return false;
  let depth = 0;
  for (let i = 0; i < document.length; i += 1) {
    const character = document[i] as string;
    if (character === '"') i = endOfString(document, i);
    else if (character === '#') i = endOfLine(document, i);
    else if (opening.includes(character)) depth += 1;
    else if (closing.includes(character)) depth -= 1;
    if (depth > maxNesting) return true;
  }
  return false;
}

/** The index of the last character of the string that begins at `start`, or of the document. */
function endOfString(document: string, start: number): number {
  return document.startsWith('"""', start) ? endOfBlock(document, start + 3) : endOfText(document, start + 1);
}

/** A block ends with three quotes that have no backslash before them. */
function endOfBlock(document: string, from: number): number {
  let end = document.indexOf('"""', from);
  while (end > from && document[end - 1] === '\\') end = document.indexOf('"""', end + 3);
  return end < 0 ? document.length : end + 2;
}

/** Any other string ends with its line at the latest: the parser refuses it there. */
function endOfText(document: string, from: number): number {
  for (let i = from; i < document.length; i += 1) {
    const character = document[i];
    if (character === '\\') i += 1;
    else if (character === '"' || character === '\n' || character === '\r') return i;
  }
  return document.length;
}

function endOfLine(document: string, start: number): number {
  const end = document.slice(start).search(/[\n\r]/);
  return end < 0 ? document.length : start + end;
}
