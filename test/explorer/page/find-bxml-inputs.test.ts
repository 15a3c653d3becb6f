import fc from 'fast-check';
import { Kind, print } from 'graphql';
import { describe, expect, test } from 'vitest';
import { findBxmlInputs } from '../../../src/explorer/page/find-bxml-inputs.ts';
import { rangeOf } from '../../../src/explorer/page/string-offsets.ts';
import { runs } from '../../support/runs.ts';

const told = (operation: string, variables = '') =>
  findBxmlInputs(operation, variables).map(({ document, id, of }) => [
    document.editor,
    document.value,
    `${of} ${id}`,
  ]);

describe('the documents of a tab', () => {
  test.each([
    ['{ checkBxml(bxml: "<a/>", accountId: "A") { document } }', '', 'operation', 'account A'],
    [
      'query ($b: String!, $a: ID!) { checkBxml(bxml: $b, accountId: $a) { document } }',
      '{ "b": "<a/>", /* comment */ "a": "A", }',
      'variables',
      'account A',
    ],
    [
      'mutation ($input: CreateCallInput!) { again: createCall(input: $input) { replayed } }',
      '{ "input": { "accountId": "A", "document": { "bxml": "<a/>" } } }',
      'variables',
      'account A',
    ],
    [
      'mutation ($id: ID!) { updateCallBxml(input: { id: $id, bxml: """<a/>""" }) { call { id } } }',
      '{ "id": "C" }',
      'operation',
      'call C',
    ],
  ])('are found in %s with %s', (operation, variables, editor, owner) => {
    expect(told(operation, variables)).toEqual([[editor, '<a/>', owner]]);
  });

  test.each([
    ['{ checkBxml(bxml: "<a/>", accountId: "A") {', ''],
    ['{ checkBxml(bxml: "<a/>") { document } }', ''],
    ['{ checkBxml(bxml: $b, accountId: "A") { document } }', '{ "b": 1 }'],
    ['{ checkBxml(bxml: $b, accountId: "A") { document } }', '{ "b'],
    ['{ other(bxml: "<a/>", accountId: "A") { document } }', ''],
    ['{ ...F } fragment F on Query { accounts { id } }', '[]'],
  ])('are none in %s with %s', (operation, variables) => {
    expect(told(operation, variables)).toEqual([]);
  });
});

const texts = fc.string({ unit: fc.constantFrom('a', ' ', '"', '\\', '\n', '\t', 'é', '😀', '<') });

test('each character of a document is found where it is written, in strings of JSON and GraphQL', () =>
  fc.assert(
    fc.property(texts, (text) => {
      const literal = JSON.stringify(text);
      const [inline] = findBxmlInputs(`{ checkBxml(bxml: ${literal}, accountId: "") { document } }`, '');
      const variables = `{"b": ${literal}}`;
      const [variable] = findBxmlInputs('{ checkBxml(bxml: $b, accountId: "") { document } }', variables);
      for (const [found, start] of [
        [inline, '{ checkBxml(bxml: '.length],
        [variable, 6],
      ] as const) {
        expect(found?.document.value).toBe(text);
        const { offsets = [] } = found?.document ?? {};
        for (const [i, unit] of text.split('').entries()) {
          const [from, to] = [offsets[i], offsets[i + 1]].map((offset = 0) => offset - start);
          expect(JSON.parse(`"${literal.slice(from, to)}"`)).toBe(unit);
        }
      }
    }),
    { numRuns: runs(50) },
  ));

test('each character of a document is found where it is written in a block string, indented', () =>
  fc.assert(
    fc.property(texts, fc.constantFrom('', '  '), (text, indentation) => {
      const block = print({ kind: Kind.STRING, value: text, block: true }).replaceAll(
        '\n',
        `\n${indentation}`,
      );
      const operation = `{ checkBxml(bxml: ${block}, accountId: "") { document } }`;
      const { value, offsets } = findBxmlInputs(operation, '')[0]?.document ?? { value: '?', offsets: [] };
      const written = value.split('').map((unit, i) => (unit === '\n' ? unit : operation[offsets[i] ?? -1]));
      expect(written.join('')).toBe(value);
    }),
    { numRuns: runs(50) },
  ));

test.each([
  ['<Bxml>\n  <Pause duration="x"/>', { line: 2, column: 3 }, '<Pause'],
  ['\ufeff<Bxml>\r\n😀<a.b/>', { line: 2, column: 2 }, '<a.b'],
  ['\ufeff<Bxml>', { line: 1, column: 2 }, 'Bxml'],
  ['<Bxml', { line: 1, column: 6 }, ''],
  ['a "', { line: 1, column: 3 }, '"'],
])('the range of a finding in %j at %j is %j', (value, place, expected) => {
  const offsets = Array.from({ length: value.length + 1 }, (_, i) => i);
  expect(value.slice(...rangeOf({ value, offsets }, place))).toBe(expected);
});
