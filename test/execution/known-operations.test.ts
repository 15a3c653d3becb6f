import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { CompiledOperation } from '../../src/execution/compiled-operation.ts';
import { KnownOperations } from '../../src/execution/known-operations.ts';
import { loadSchema } from '../../src/load-schema.ts';

const schema = loadSchema();

function compile(text: string, name?: string) {
  const known = new KnownOperations({ schema });
  known.remember(text, parse(text));
  const found = known.find(text, name);
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
    expect(compiled.fields).toBeLessThan(2_000);
  });
});

describe('known operations', () => {
  const remember = (known: KnownOperations, text: string) => known.remember(text, parse(text));

  it('make room for others when they have not come for longest', () => {
    const known = new KnownOperations({ schema }, 2_000);
    const texts = ['a', 'b', 'c'].map((alias) => `{ ${alias}: __typename }`);
    for (const text of texts.slice(0, 2)) remember(known, text);
    known.find(texts[0] as string, undefined);
    remember(known, texts[2] as string);
    remember(known, '{ d: __typename }');
    expect(texts.map((text) => known.find(text, undefined) !== undefined)).toEqual([true, false, true]);
  });

  it('are some hundreds, however short their texts', () => {
    const known = new KnownOperations({ schema });
    for (let i = 0; i < 3_000; i += 1) remember(known, `{ a${i}: __typename }`);
    expect(known.size).toBeLessThan(1_000);
  });

  it('do not go for the sake of a text that is padded', () => {
    const known = new KnownOperations({ schema });
    for (let i = 0; i < 100; i += 1) remember(known, `{ a${i}: __typename }`);
    remember(known, `{ __typename } #${' '.repeat(500_000)}`);
    expect(known.size).toBe(100);
  });

  it('have none of a name that is not there', () => {
    const known = new KnownOperations({ schema });
    remember(known, 'query A { __typename } query B { __typename }');
    expect(
      ['A', 'B', 'C', undefined].map(
        (name) => known.find('query A { __typename } query B { __typename }', name)?.operation.name?.value,
      ),
    ).toEqual(['A', 'B', undefined, undefined]);
  });
});
