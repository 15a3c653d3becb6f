import { createHash } from 'node:crypto';
import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { CompiledOperation } from '../../../src/graphql/execution/compiled-operation.ts';
import { detachSource } from '../../../src/graphql/execution/detach-source.ts';
import { digestOf, OperationCache } from '../../../src/graphql/execution/operation-cache.ts';
import { loadSchema } from '../../../src/graphql/load-schema.ts';
import { heldBy } from '../../support/held-by.ts';

const schema = loadSchema();

function remember(known: OperationCache, text: string, times = 2) {
  const document = parse(text);
  const bytes = detachSource(document, text);
  for (let come = 0; come < times; come += 1) known.add(digestOf(text), { document, bytes });
}

function compile(text: string, name?: string) {
  const known = new OperationCache(schema);
  remember(known, text);
  const found = known.find(digestOf(text), name);
  if (found === undefined) throw new Error('not known');
  return found.compiled;
}

/** The fields of the answer, or undefined where graphql-js has to see to it. */
async function fieldsOf(compiled: CompiledOperation, variables: Record<string, unknown>) {
  const prepared = compiled.prepare(variables);
  if (prepared === undefined) return undefined;
  const { data } = await compiled.execute(prepared, { calls: { accounts: [] } });
  return Object.keys(data ?? {});
}

describe('the variants of an operation', () => {
  const two = `query A($a: ID!, $y: Boolean!, $b: ID!) {
    __typename accounts @include(if: $y) { key } nodes(ids: []) { id } x: nodes(ids: []) { id(at: 1) @skip(if: true) } }
    query B($a: Boolean!, $y: Boolean!, $b: Boolean!) {
    __typename @skip(if: $a) a: accounts @skip(if: $y) { key } b: accounts @skip(if: $b) { key } }`.replace(
    'id(at: 1)',
    'id',
  );

  it.each([
    [{ a: 'u', y: true, b: 'q,false,v' }, ['__typename', 'accounts', 'nodes', 'x']],
    [{ a: 'u,true,q', y: false, b: 'v' }, ['__typename', 'nodes', 'x']],
    [{ a: 'y', y: false, b: 'n' }, ['__typename', 'nodes', 'x']],
  ])('are told apart by its own conditions alone: %j', async (variables, fields) => {
    const compiled = compile(two, 'A');
    await fieldsOf(compiled, { a: 'u', y: true, b: 'q,false,v' });
    expect(await fieldsOf(compiled, variables)).toEqual(fields);
  });

  it('are those of the fragments that it spreads, too', async () => {
    const compiled = compile(
      'query A($y: Boolean!) { ...F } fragment F on Query { ...G } fragment G on Query { __typename accounts @skip(if: $y) { key } }',
    );
    expect(await fieldsOf(compiled, { y: false })).toEqual(['__typename', 'accounts']);
    expect(await fieldsOf(compiled, { y: true })).toEqual(['__typename']);
  });

  it('are left to graphql-js where a condition is null', async () => {
    const compiled = compile('query A($y: Boolean = true) { __typename accounts @skip(if: $y) { key } }');
    expect(await fieldsOf(compiled, { y: null })).toBeUndefined();
    expect(await fieldsOf(compiled, {})).toEqual(['__typename']);
  });

  it('are bounded', async () => {
    const names = Array.from({ length: 8 }, (_, i) => `v${i}`);
    const compiled = compile(
      `query A(${names.map((name) => `$${name}: Boolean!`).join(' ')}) { __typename ${names
        .map((name) => `${name}: accounts @skip(if: $${name}) { key }`)
        .join(' ')} }`,
    );
    const answers = [];
    for (let bits = 0; bits < 256; bits += 1) {
      const variables = Object.fromEntries(names.map((name, i) => [name, (bits & (1 << i)) !== 0]));
      answers.push(await fieldsOf(compiled, variables));
    }
    expect(answers.filter((answer) => answer !== undefined)).toHaveLength(32);
  });
});

describe('the operation cache', () => {
  const isKnown = (known: OperationCache, text: string) =>
    known.find(digestOf(text), undefined) !== undefined;

  it('make room for others when they have not come for longest', () => {
    const known = new OperationCache(schema, 250_000);
    const textOf = (i: number) => `{ a${i}: __typename }`;
    const all = Array.from({ length: 100 }, (_, i) => i);
    for (const i of all) {
      remember(known, textOf(i));
      isKnown(known, textOf(0));
    }
    const left = all.filter((i) => known.document(digestOf(textOf(i))) !== undefined);
    expect(left.length).toBeGreaterThan(20);
    expect(left).toEqual([0, ...all.slice(1 - left.length)]);
  });

  it('are none that have come once, and do not go for the sake of those', () => {
    const known = new OperationCache(schema, 250_000);
    remember(known, '{ __typename }');
    for (let i = 0; i < 5_000; i += 1) remember(known, `{ a${i}: __typename }`, 1);
    expect([known.size, isKnown(known, '{ __typename }')]).toEqual([1, true]);
    remember(known, '{ a4999: __typename }', 1);
    // Of that one nothing is left, not even that it came.
    remember(known, '{ a0: __typename }', 1);
    expect(known.size).toBe(2);
  });

  it('do not go for the sake of a text that is padded', () => {
    const known = new OperationCache(schema, 1024 * 1024);
    for (let i = 0; i < 100; i += 1) remember(known, `{ a${i}: __typename }`);
    remember(known, `{ __typename } #${' '.repeat(60_000)}`);
    expect(known.size).toBe(100);
  });

  it('are known by the digests of their texts, to Apollo Server, too', () => {
    const known = new OperationCache(schema);
    remember(known, '{ __typename }');
    const digest = createHash('sha256').update('{ __typename }').digest('hex');
    expect([known.document(digest)?.kind, known.document('{ __typename }')]).toEqual(['Document', undefined]);
  });

  it('have none of a name that is not there', () => {
    const known = new OperationCache(schema);
    const text = 'query A { __typename } query B { __typename }';
    remember(known, text);
    expect(
      ['A', 'B', 'C', undefined].map((name) => known.find(digestOf(text), name)?.operation.name?.value),
    ).toEqual(['A', 'B', undefined, undefined]);
  });
});

/** Everything that is remembered has a bound in bytes that counts what is really held. */
describe('the bytes that cached operations take', () => {
  const kinds: [name: string, make: (i: number) => string, variables: Record<string, unknown>][] = [
    ['short ones', (i) => `{ a${i}: __typename }`, {}],
    ['long ones', (i) => `query A${i} { ${'accounts { id key name provider } '.repeat(40)} }`, {}],
    ['padded ones', (i) => `{ __typename } #${i}${'x'.repeat(60_000)}`, {}],
    ['commented ones', (i) => `{ __typename }${'\n#'.repeat(10_000)}${i}`, {}],
    ['those with long values', (i) => `{ node(id: "${i}${'ä'.repeat(20_000)}") { id } }`, {}],
    ['lists', (i) => `{ nodes(ids: [${`"${i}" `.repeat(900)}]) { id } }`, {}],
    [
      'many operations',
      (i) => 'ABCDEFGHIJ'.replace(/./g, (name) => `query ${name} { a${i}: __typename }`),
      {},
    ],
    [
      'many variants',
      (i) => `query A${i}($a: Boolean!) { accounts { id key @skip(if: $a) name @include(if: $a) } }`,
      { a: true },
    ],
  ];

  it.each(kinds)('are no more than counted: %s', async (_, make, variables) => {
    const known = new OperationCache(schema, 8 * 1024 * 1024);
    const held = await heldBy(async () => {
      // Until it is full, so that what makes room is in the figure, too.
      for (let i = 0, bytes = -1; bytes < known.bytes || i < 200; i += 1) {
        bytes = known.bytes;
        const text = make(i);
        remember(known, Buffer.from(text).toString());
        for (const name of ['A', 'B', 'J', undefined]) {
          known.find(digestOf(text), name)?.compiled.prepare(variables);
        }
      }
    });
    expect(known.size).toBeGreaterThan(0);
    expect(known.bytes).toBeLessThanOrEqual(8 * 1024 * 1024);
    expect(held).toBeLessThan(known.bytes);
  });
});
