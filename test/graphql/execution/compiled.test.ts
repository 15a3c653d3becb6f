import { readdirSync, readFileSync } from 'node:fs';
import {
  buildSchema,
  execute,
  getOperationAST,
  type OperationDefinitionNode,
  parse,
  validate,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { CompiledOperation } from '../../../src/graphql/execution/compiled-operation.ts';
import { fragmentsOf } from '../../../src/graphql/execution/fragments.ts';
import {
  collectFields,
  collectSubfields,
  identityFunc,
  inspect,
  printPathArray,
} from '../../../src/graphql/execution/graphql-internals.ts';
import { loadSchema } from '../../../src/graphql/load-schema.ts';

const root = new URL('../../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const filesIn = (folder: string) =>
  readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' }).map((file) => folder + file);

const schema = loadSchema();

function compile(text: string, given = schema): CompiledOperation {
  const document = parse(text);
  const operation = getOperationAST(document) ?? expect.unreachable();
  return new CompiledOperation(given, fragmentsOf(document), operation);
}

/**
 * Where the compiler cannot do something, graphql-js does it, with the same result and in several times the time. So
 * nothing else shows that a new version of graphql-js has changed what the compiler relies on.
 */
describe('the operations that front ends send', () => {
  const folder = 'src/explorer/page/operations/';
  const operations = filesIn(folder).filter((file) => file.endsWith('.graphql'));

  it.each(operations)('are compiled: %s', (file) => {
    const variables = filesIn(folder).includes(file.replace('.graphql', '.jsonc'))
      ? JSON.parse(read(file.replace('.graphql', '.jsonc')).replace(/^\s*\/\/.*$/gm, ''))
      : {};
    expect(compile(read(file)).prepare(variables)).toBeDefined();
  });

  it.each([
    [
      'fragments',
      '{ node(id: "a") { ...C ... on Account { key } } } fragment C on Call { id account { key } }',
    ],
    ['a union', '{ call(id: "a") { details { __typename ... on BandwidthCallDetails { applicationId } } } }'],
    ['conditions', 'query ($a: Boolean!) { accounts @skip(if: $a) { key ... @include(if: $a) { id } } }'],
    [
      'several changes',
      'mutation ($i: CreateCallInput!) { a: createCall(input: $i) { replayed } b: __typename }',
    ],
  ])('are compiled with %s', (_, text) => {
    const i = { accountId: 'a', from: '1', to: '2', answerUrl: 'https://example.com/' };
    expect(validate(schema, parse(text))).toEqual([]);
    expect(compile(text).prepare({ a: true, i })).toBeDefined();
  });
});

describe('an operation that needs graphql-js', () => {
  const odd = buildSchema('type Query { plain: Int, informed: Int, inner: Query }');
  const fields = odd.getQueryType()?.getFields() ?? {};
  Object.assign(fields.plain ?? {}, { resolve: () => 1 });
  Object.assign(fields.inner ?? {}, { resolve: () => ({}) });
  Object.assign(fields.informed ?? {}, {
    resolve: (_: unknown, _args: object, _context: unknown, info: { path: { key: string } }) =>
      info.path.key.length,
  });

  it.each(['{ informed }', '{ plain inner { inner { i: informed } } }'])(
    'is the one that selects a resolver with `info`: %s',
    async (text) => {
      expect(compile(text, odd).prepare({})).toBeUndefined();
      expect(await execute({ schema: odd, document: parse(text) })).not.toHaveProperty('errors');
    },
  );

  it('is no other of the same schema or document', () => {
    expect(compile('{ plain inner { plain } }', odd).prepare({})).toBeDefined();
    const document = parse('query A { informed } query B { plain inner { plain } }');
    const prepared = ['A', 'B'].map((name) => {
      const operation = getOperationAST(document, name) ?? expect.unreachable();
      return new CompiledOperation(odd, {}, operation).prepare({}) !== undefined;
    });
    expect(prepared).toEqual([false, true]);
  });
});

describe('what is imported from the inside of graphql-js', () => {
  const { definitions } = parse(
    '{ a: accounts { id } ...F b: accounts @skip(if: $no) { id } } fragment F on Query { a: accounts { key } }',
  );
  const operation = definitions[0] as OperationDefinitionNode;
  const fragments = fragmentsOf({ definitions } as never);
  const [query, account] = ['Query', 'Account'].map((name) => schema.getType(name) as never);

  it('collects nodes by response name, in the order of the document', () => {
    const found = collectFields(schema, fragments, { no: true }, query as never, operation.selectionSet);
    expect([...found.keys()]).toEqual(['a']);
    const nodes = found.get('a') ?? [];
    expect(nodes.map(({ kind, name }) => [kind, name.value])).toEqual(Array(2).fill(['Field', 'accounts']));
    const inner = collectSubfields(schema, fragments, { no: true }, account as never, nodes);
    expect([...inner.keys()]).toEqual(['id', 'key']);
  });

  it('tells a scalar that serializes nothing, and prints values and paths', () => {
    const { serialize } = buildSchema('scalar Own type Query { own: Own }').getType('Own') as never;
    expect(serialize).toBe(identityFunc);
    expect([inspect({ a: ['x', null] }), printPathArray(['a', 0, 'b'])]).toEqual([
      '{ a: ["x", null] }',
      '.a[0].b',
    ]);
  });

  it('stands in one file', () => {
    const importers = filesIn('src/').filter(
      (file) => /\.tsx?$/.test(file) && /from 'graphql\/\w/.test(read(file)),
    );
    expect(importers).toEqual(['src/graphql/execution/graphql-internals.ts']);
  });
});
