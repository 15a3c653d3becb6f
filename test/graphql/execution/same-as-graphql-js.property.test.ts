import { setImmediate as nextTurn } from 'node:timers/promises';
import fc from 'fast-check';
import { buildSchema, type ExecutionResult, execute, getOperationAST, parse, validate } from 'graphql';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CompiledOperation } from '../../../src/graphql/execution/compiled-operation.ts';
import { fragmentsOf } from '../../../src/graphql/execution/fragments.ts';
import { loadSchema } from '../../../src/graphql/load-schema.ts';
import { someDocument } from '../../cost/some-document.ts';
import { runs } from '../../support/runs.ts';
import { contextOf, ids, type Recipe, recipes } from './some-world.ts';

const loaded = loadSchema();

/** Everything that can be seen of a result; `data` as JSON, in which prototypes do not count. */
function shown({ data, errors = [] }: ExecutionResult) {
  return {
    data: JSON.parse(JSON.stringify(data ?? null)),
    errors: errors.map((error) => ({ ...error.toJSON(), cause: String(error.originalError) })),
  };
}

const nothing: Recipe = { parents: [], failing: [], odd: [] };

/**
 * Where an item of a list throws, graphql-js 16 leaves the promises of those before it, whose rejections nobody
 * handles then. All that it leaves has been heard of when this is over: what ours would leave still fails the test.
 */
async function unheard<T>(work: () => T | Promise<T>): Promise<T> {
  const listeners = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection').on('unhandledRejection', () => undefined);
  try {
    const result = await work();
    await nextTurn();
    return result;
  } finally {
    process.removeAllListeners('unhandledRejection');
    for (const listener of listeners) process.on('unhandledRejection', listener);
  }
}

/** What graphql-js and the compiled operation make of it, each in a world of its own. */
async function both(
  text: string,
  variables: Readonly<Record<string, unknown>>,
  recipe: Recipe,
  schema = loaded,
) {
  const document = parse(text);
  const operation = getOperationAST(document);
  if (!operation) throw new Error('There is no operation.');
  const compiled = new CompiledOperation(schema, fragmentsOf(document), operation);
  const prepared = compiled.prepare(variables);
  const usual = await unheard(() =>
    execute({ schema, document, variableValues: variables, contextValue: contextOf(recipe) }),
  );
  if (prepared === undefined) return { usual: shown(usual), own: undefined };
  const own = await compiled.execute(prepared, contextOf(recipe));
  // What it might leave to nobody is heard of here, before the next case begins.
  await nextTurn();
  return { usual: shown(usual), own: shown(own) };
}

const change = fc.constantFrom(
  { end: 'HANG_UP' },
  { muted: true },
  { end: null },
  { end: 'CANCEL', muted: true },
);
const variables = fc.record({
  n: fc.oneof(fc.constant(null), fc.integer({ min: -1, max: 5 })),
  ids: fc.array(fc.constantFrom(...ids), { maxLength: 5 }),
  accounts: fc.option(fc.array(fc.constantFrom(...ids), { maxLength: 3 })),
  yes: fc.boolean(),
  no: fc.option(fc.boolean(), { nil: undefined }),
  create: fc.record({
    accountId: fc.constantFrom(...ids),
    from: fc.constant('+19195550100'),
    to: fc.constant('+19195550199'),
    answerUrl: fc.constantFrom('https://example.com/answer', 'nowhere'),
  }),
  update: fc.record({ id: fc.constantFrom(...ids), change }),
  bxml: fc.record({ id: fc.constantFrom(...ids), bxml: fc.constantFrom('<Bxml/>', 'no document') }),
});
const documents = fc
  .tuple(fc.array(fc.nat(719), { maxLength: 150, size: 'max' }), fc.constantFrom(...ids))
  .map(([choices, id]) => someDocument(choices).replaceAll('"a"', `"${id}"`).replaceAll('"c"', '"c-1"'))
  .filter((text) => isValid(text));

/** All but what `someDocument` may break: unused things are of no account here. */
function isValid(text: string): boolean {
  return validate(loaded, parse(text)).every(({ message }) => message.includes('never used'));
}

describe('a compiled operation', () => {
  it('gives the same data and the same errors as graphql-js, in the same order', async () => {
    const seen = { compiled: 0, errors: 0, mutations: 0 };
    await fc.assert(
      fc.asyncProperty(documents, variables, recipes, async (text, values, recipe) => {
        const { usual, own } = await both(text, values, recipe);
        if (own === undefined) return;
        expect(own).toEqual(usual);
        expect(JSON.stringify(own.data)).toBe(JSON.stringify(usual.data));
        seen.compiled += 1;
        if (usual.errors.length > 0) seen.errors += 1;
        if (text.startsWith('mutation')) seen.mutations += 1;
      }),
      { numRuns: runs(300) },
    );
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(0);
  });

  it('tells errors of one moment in the same order, of a list and of a field', async () => {
    const text = '{ nodes(ids: ["Q2FsbDphbHBoYTpjLTE", "b"]) { id } call(id: "Q2FsbDphbHBoYTpjLTE") { id } }';
    const { usual, own } = await both(text, {}, { parents: [], failing: [true, true], odd: [] });
    expect(usual.errors).toHaveLength(3);
    expect(own).toEqual(usual);
  });

  it.each(['{ o { a b } }', '{ o { b: a a: b } }', '{ o { b } }'])(
    'says of a member that cannot be read where that was: %s',
    async (text) => {
      const odd = buildSchema('type Query { o: O } type O { a: String! b: String! }');
      const source = {
        a: 1n,
        get b() {
          throw new Error('It cannot be read.');
        },
      };
      Object.assign(odd.getQueryType()?.getFields().o ?? {}, { resolve: () => source });
      const { usual, own } = await both(text, {}, nothing, odd);
      expect(usual.errors).toHaveLength(1);
      expect(own).toEqual(usual);
    },
  );

  it('makes null of the whole answer where graphql-js does', async () => {
    for (const text of [
      '{ calls(first: -1) { nodes { id } } }',
      '{ accounts { id } calls(last: 501) { totalCount } }',
    ]) {
      const { usual, own } = await both(text, {}, nothing);
      expect(own).toEqual(usual);
      expect([own?.data, own?.errors.length]).toEqual([null, 1]);
    }
  });

  it('hears of what is rejected after an item of the list has thrown, which graphql-js does not', async () => {
    const unheard: unknown[] = [];
    const listeners = process.listeners('unhandledRejection');
    process
      .removeAllListeners('unhandledRejection')
      .on('unhandledRejection', (reason) => unheard.push(reason));
    onTestFinished(() => {
      process.removeAllListeners('unhandledRejection');
      for (const listener of listeners) process.on('unhandledRejection', listener);
    });
    const schema = buildSchema('type Query { items: [Item!] } type Item { name: String! }');
    const items = [
      { name: () => nextTurn().then(() => Promise.reject(new Error('late'))) },
      {
        name: () => {
          throw new Error('at once');
        },
      },
    ];
    const query = schema.getQueryType()?.getFields().items;
    if (query !== undefined) query.resolve = () => items;
    const document = parse('{ items { name } }');
    const operation = getOperationAST(document) ?? expect.unreachable();
    const compiled = new CompiledOperation(schema, fragmentsOf(document), operation);
    const own = await compiled.execute(compiled.prepare({}) ?? expect.unreachable(), {});
    await nextTurn();
    await nextTurn();
    expect([unheard, shown(own)]).toEqual([[], shown(await execute({ schema, document }))]);
    await nextTurn();
    await nextTurn();
    expect(unheard).toHaveLength(1);
  });
});
