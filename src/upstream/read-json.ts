import { type Density, isDense } from './is-dense.ts';

/**
 * No provider has as much to say in one answer: 20,000 records, the most that a page takes, of two objects and
 * some thirty members each. The limit of bytes would let 11 million empty objects through, which took 6 s.
 */
const most: Density = [
  ['{', 100_000],
  ['[', 100_000],
  [',', 1_000_000],
];

/**
 * The value that an answer holds as JSON (RFC 8259).
 *
 * @throws SyntaxError when it holds none, or is denser than any answer
 */
export function readJson(text: string): unknown {
  if (isDense(text, most)) throw new SyntaxError('too many values');
  return JSON.parse(text);
}
