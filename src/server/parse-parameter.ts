import { isCheapToParse } from './is-cheap-to-parse.ts';

/**
 * The value of a parameter that a GET request has as JSON (GraphQL over HTTP, section 5.4.1). What is not JSON, or takes
 * long to parse, is returned as it is, to be refused.
 */
export function parseParameter(text: unknown): unknown {
  if (typeof text !== 'string' || !isCheapToParse(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
