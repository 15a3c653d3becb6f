import { type Density, isDense } from './is-dense.ts';

/**
 * More than any response of a provider holds: a page has at most 20,000 records, each of two objects with
 * some thirty members. The limit on bytes would admit 11 million empty objects, which take 6 s to parse.
 */
const maxCounts: Density = [
  ['{', 100_000],
  ['[', 100_000],
  [',', 1_000_000],
];

/**
 * Parses the body of a response as JSON (RFC 8259).
 *
 * @throws SyntaxError when it is not JSON, or has more values than any response of a provider
 */
export function readJson(text: string): unknown {
  if (isDense(text, maxCounts)) throw new SyntaxError('too many values');
  return JSON.parse(text);
}
