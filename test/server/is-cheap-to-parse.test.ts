import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCheapToParse } from '../../src/server/is-cheap-to-parse.ts';

/** Commas and opening brackets, and how deep they are, found by parsing. */
function measure(value: unknown): { values: number; depth: number } {
  if (typeof value !== 'object' || value === null) return { values: 0, depth: 0 };
  const inner = Object.values(value).map(measure);
  return {
    values: 1 + Math.max(0, inner.length - 1) + inner.reduce((sum, { values }) => sum + values, 0),
    depth: 1 + Math.max(0, ...inner.map(({ depth }) => depth)),
  };
}

describe('whether a text of JSON is modest', () => {
  const padding = ' '.repeat(10_000);
  const repeat = (text: string, times: number) => Array.from({ length: times }, () => text).join(',');

  it.each([
    ['20,000 items', `[${repeat('1', 20_000)}]`, true],
    ['one more', `[${repeat('1', 20_001)}]`, false],
    [
      '56,000 members',
      JSON.stringify(Object.fromEntries([...Array(56_000).keys()].map((i) => [i, 1]))),
      false,
    ],
    ['empty objects', `[${repeat('{}', 15_000)}]`, false],
    ['100 levels', `${'['.repeat(100)}${']'.repeat(100)}${padding}`, true],
    ['one more', `${'{"a":'.repeat(100)}[]${'}'.repeat(100)}${padding}`, false],
    ['levels beside each other', `[${repeat('[[[]]]', 2_000)}]`, true],
    ['a text of brackets and commas', JSON.stringify('[{,'.repeat(100_000)), true],
    ['a text that ends in backslashes', `["${'\\\\'.repeat(50_000)}",${'['.repeat(101)}`, false],
    ['a text of quotation marks', JSON.stringify('"'.repeat(100_000)), true],
    ['a text without an end', `"${'['.repeat(100_000)}`, true],
    ['brackets without an end', '['.repeat(100_000), false],
  ])('is told: %s', (_, json, modest) => {
    expect(isCheapToParse(json)).toBe(modest);
  });

  it('is what parsing would have told', () => {
    const values = fc.jsonValue({ maxDepth: 4 });
    fc.assert(
      fc.property(values, fc.nat(120), fc.nat(30_000), (value, levels, items) => {
        const inner = [value, ...Array(items).fill(0)];
        const json = `${'['.repeat(levels)}${JSON.stringify(inner)}${']'.repeat(levels)}${padding}`;
        const { values, depth } = measure(JSON.parse(json));
        expect(isCheapToParse(json)).toBe(values <= 20_000 && depth <= 100);
      }),
      { numRuns: 50 },
    );
  });
});
