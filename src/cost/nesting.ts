import { Lexer, Source, TokenKind } from 'graphql';
import { maxTokens } from '../config/cost-settings.ts';

/** So many open brackets the parser, the rules of validation and our own analysis can follow on the stack. */
export const maxNesting = 1_000;

/**
 * Whether brackets are nested more than `maxNesting` deep in a document. It is read before it is parsed: graphql-js
 * descends with each bracket, and overflows the stack at some 4,000. Tokens that it never gets to do not count.
 */
export function isNestedTooDeep(document: string): boolean {
  // Most documents are shorter than it takes.
  if (document.length <= maxNesting) return false;
  const lexer = new Lexer(new Source(document));
  let depth = 0;
  try {
    for (let count = 0; count < maxTokens && depth <= maxNesting; count += 1) {
      const { kind } = lexer.advance();
      if (kind === TokenKind.EOF) return false;
      if ('{[('.includes(kind)) depth += 1;
      else if ('}])'.includes(kind)) depth -= 1;
    }
  } catch {
    // The parser refuses it here as well, if it gets so far.
  }
  return depth > maxNesting;
}
