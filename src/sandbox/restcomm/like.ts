/** The database of the server. They differ in case sensitivity, time resolution and the order of nulls. */
export type Database = 'hsqldb' | 'mariadb';

/**
 * A test for SQL's LIKE: `%` is any text, `_` any one character. MariaDB's default collation ignores case and takes
 * a backslash as escape; HSQLDB does neither. Source: Restcomm-Connect call-detail-records.xml.
 */
export function createLike(pattern: string, database: Database): (text: string) => boolean {
  const fold = (text: string) => (database === 'mariadb' ? text.toLowerCase() : text);
  const tokens = toTokens(fold(pattern), database === 'mariadb');
  return (text) => isLike(fold(text), tokens);
}

const ANY_TEXT = Symbol('%');
const ANY_CHARACTER = Symbol('_');
type Token = string | typeof ANY_TEXT | typeof ANY_CHARACTER;

function toTokens(pattern: string, escapes: boolean): readonly Token[] {
  const tokens: Token[] = [];
  for (let index = 0; index < pattern.length; index++) {
    const character = pattern.charAt(index);
    if (escapes && character === '\\' && index + 1 < pattern.length) {
      index += 1;
      tokens.push(pattern.charAt(index));
    } else if (character === '%') tokens.push(ANY_TEXT);
    else if (character === '_') tokens.push(ANY_CHARACTER);
    else tokens.push(character);
  }
  return tokens;
}

/** Matches with backtracking to the last `%` only, in at most text × pattern steps. */
function isLike(text: string, tokens: readonly Token[]): boolean {
  let at = 0;
  let token = 0;
  let lastAny = -1;
  let resume = 0;
  while (at < text.length) {
    if (tokens[token] === ANY_TEXT) {
      lastAny = token;
      resume = at;
      token += 1;
    } else if (tokens[token] === ANY_CHARACTER || tokens[token] === text.charAt(at)) {
      at += 1;
      token += 1;
    } else if (lastAny !== -1) {
      resume += 1;
      at = resume;
      token = lastAny + 1;
    } else return false;
  }
  while (tokens[token] === ANY_TEXT) token += 1;
  return token === tokens.length;
}
