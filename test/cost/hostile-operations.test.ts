import { type FieldNode, getIntrospectionQuery } from 'graphql';
import { describe, expect, it } from 'vitest';
import { formatWithoutSuggestions } from '../../src/graphql/format-error.ts';
import { serve } from '../access/served.ts';
import { bomb, repeat } from './asked.ts';

const placing = { c: { accountId: 'x', from: 'a', to: 'b', answerUrl: 'https://a.example' } };
const changes = (many: number) =>
  `mutation ($c: CreateCallInput!) { ${repeat(many, (i) => `c${i}: createCall(input: $c) { replayed }`)} }`;

/**
 * What tools that look for holes send (graphql-cop, and what is told of Apollo and graphql-js), so far as
 * the cost of an operation decides about it. Each must be refused, and nothing of it be resolved.
 */
const hostile: Record<string, [text: string, code: string, variables?: Record<string, unknown>]> = {
  'a hundred aliases': [`{ ${repeat(101, (i) => `alias${i}: __typename`)} }`, 'OPERATION_TOO_COSTLY'],
  'aliases spread out over fragments': [
    `{ ...A ...B ...C } ${repeat(3, (f) => `fragment ${'ABC'[f]} on Query { ${repeat(20, (i) => `${'abc'[f]}${i}: __typename`)} }`)}`,
    'OPERATION_TOO_COSTLY',
  ],
  'the same field five hundred times': [`{ ${repeat(500, () => '__typename')} }`, 'OPERATION_TOO_COSTLY'],
  'the same field five hundred times, with fields of its own': [
    `{ ${repeat(400, () => 'accounts { key }')} }`,
    'OPERATION_TOO_COSTLY',
  ],
  'ten unknown directives': [`{ __typename ${'@aa'.repeat(10)} }`, 'GRAPHQL_VALIDATION_FAILED'],
  'a thousand unknown directives': [`{ __typename ${'@aa'.repeat(990)} }`, 'OPERATION_TOO_COSTLY'],
  'known directives on many fields': [
    `{ accounts { ${repeat(60, () => 'key @include(if: true)')} } }`,
    'OPERATION_TOO_COSTLY',
  ],
  'introspection that goes round': [
    '{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }',
    'GRAPHQL_VALIDATION_FAILED',
  ],
  'introspection that goes deep': [
    `{ __schema { types { ${'ofType { '.repeat(30)} name ${'}'.repeat(30)} } } }`,
    'OPERATION_TOO_COSTLY',
  ],
  'introspection many times over': [
    `{ ${repeat(6, (i) => `s${i}: __schema { types { name } }`)} }`,
    'OPERATION_TOO_COSTLY',
  ],
  'parents of parents': [
    `{ call(id: "x") { ${'parent { '.repeat(20)} id ${'}'.repeat(20)} } }`,
    'OPERATION_TOO_COSTLY',
  ],
  'pages within pages': [
    '{ calls(first: 100) { nodes { account { calls(first: 100) { nodes { id } } } } } }',
    'OPERATION_TOO_COSTLY',
  ],
  'pages within pages by variables': [
    'query ($n: Int) { calls(first: $n) { nodes { account { calls(last: $n) { edges { cursor } } } } } }',
    'OPERATION_TOO_COSTLY',
    { n: 200 },
  ],
  'many calls placed at once': [changes(11), 'OPERATION_TOO_COSTLY', placing],
  'many calls placed at once by a fragment': [
    `mutation ($c: CreateCallInput!) { ${repeat(4, (i) => `...${'ABCD'[i]}`)} }
     ${repeat(4, (f) => `fragment ${'ABCD'[f]} on Mutation { ${repeat(3, (i) => `${'abcd'[f]}${i}: createCall(input: $c) { replayed }`)} }`)}`,
    'OPERATION_TOO_COSTLY',
    placing,
  ],
  'many fragments in the same braces': [
    `{ accounts { ${repeat(301, (i) => `...F${i}`)} } }`,
    'OPERATION_TOO_COSTLY',
  ],
  'many fragments in place': [`{ accounts { ${repeat(301, () => '... { key }')} } }`, 'OPERATION_TOO_COSTLY'],
  'many fragments that nothing spreads': [
    `{ __typename } ${repeat(2, (i) => `fragment F${i} on Account { ${repeat(151, () => '... { key }')} }`)}`,
    'OPERATION_TOO_COSTLY',
  ],
  'a text longer than allowed, though it says little': [
    `{ __typename } #${'x'.repeat(65_521)}`,
    'OPERATION_TOO_COSTLY',
  ],
  'a text longer than allowed in bytes alone': [
    `{ __typename } #${'\u00e4'.repeat(32_761)}`,
    'OPERATION_TOO_COSTLY',
  ],
  'a text longer than allowed that is no GraphQL': ['{'.repeat(500_000), 'OPERATION_TOO_COSTLY'],
  'hundreds of operations without names': ['{ __typename }'.repeat(600), 'GRAPHQL_VALIDATION_FAILED'],
  'a fragment bomb with aliases': [`{ call(id: "x") { ...F0 } } ${bomb(60)}`, 'OPERATION_TOO_COSTLY'],
  'a fragment bomb without': [
    `{ call(id: "x") { ...F0 } } ${bomb(13, 'Call', 'parent { ...F# } ... { parent { ...F# } }')}`,
    'OPERATION_TOO_COSTLY',
  ],
  'a fragment bomb that stays at the top': [
    `{ ...F0 } ${bomb(60, 'Query', '...F# ... { ...F# }')}`,
    'OPERATION_TOO_COSTLY',
  ],
  'fragments that go round in circles': [
    '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }',
    'GRAPHQL_VALIDATION_FAILED',
  ],
  'more tokens than allowed': [`{ ${repeat(2000, () => 'accounts')} }`, 'OPERATION_TOO_COSTLY'],
};

describe('the limit on changes', () => {
  it.each([10, 11])('is 10 for one operation: %i', async (many) => {
    const { ask, resolved } = serve();
    const { code } = await ask(changes(many), { variables: placing });
    expect([code, resolved()]).toEqual(many > 10 ? ['OPERATION_TOO_COSTLY', 0] : [undefined, many]);
  });

  it('names the figures, and can be set', async () => {
    const { ask, resolved } = serve({ limits: { changes: 1 } });
    const { body } = await ask(changes(2), { variables: placing });
    expect(body.errors?.[0]?.extensions?.figures).toEqual([{ limit: 'changes', allowed: 1, found: 2 }]);
    expect((await ask(changes(1), { variables: placing })).code).toBeUndefined();
    expect(resolved()).toBe(1);
  });

  it('is none for look-ups', async () => {
    const { ask } = serve();
    const { code } = await ask(`{ ${repeat(20, (i) => `c${i}: call(id: "x") { id }`)} }`);
    expect(code).toBeUndefined();
  });
});

describe('the limit on the length of a document', () => {
  it('counts its bytes, and can be set', async () => {
    const { ask } = serve({ limits: { documentBytes: 20 } });
    expect((await ask('{ __typename } #\u00e4\u00e4')).code).toBeUndefined();
    const { body } = await ask('{ __typename } #\u00e4\u00e4x');
    expect(body.errors).toMatchObject([
      {
        message: 'The operation is too costly: documentBytes 21, at most 20.',
        extensions: { figures: [{ limit: 'documentBytes', allowed: 20, found: 21 }] },
      },
    ]);
  });

  it('is 65,536', async () => {
    const { ask } = serve();
    const codes = [65_536, 65_537].map(
      async (length) => (await ask(`{ __typename } #${'x'.repeat(length - 16)}`)).code,
    );
    expect(await Promise.all(codes)).toEqual([undefined, 'OPERATION_TOO_COSTLY']);
  });
});

describe('a hostile operation', () => {
  it.each(Object.entries(hostile))('is refused: %s', async (_, [text, code, variables = {}]) => {
    const { ask, resolved } = serve();
    const answer = await ask(text, { variables });
    expect([answer.code, answer.status, answer.body.data]).toEqual([code, 400, undefined]);
    expect(resolved()).toBe(0);
  });

  it('is refused where the parser would run out of stack, and the next one is answered', async () => {
    const { ask, resolved } = serve({ limits: { tokens: 10_000 } });
    const answer = await ask(`{ ${'a{'.repeat(3300)}b${'}'.repeat(3300)} }`);
    expect([answer.code, answer.status, resolved()]).toEqual(['BAD_USER_INPUT', 400, 0]);
    expect((await ask('{ __typename }')).body.data).toEqual({ __typename: 'Query' });
  });

  it('is answered with few errors, also when there are many', async () => {
    const { body } = await serve().ask(`{ __typename ${'@aa'.repeat(10)} }`);
    expect(body.errors).toHaveLength(6);
  });

  it('is refused before it is validated, which may take long', async () => {
    const validated: string[] = [];
    const note = ({ name }: FieldNode) => void validated.push(name.value);
    const { ask } = serve({ validationRules: [() => ({ Field: note })] });
    await ask(`{ ${repeat(490, () => 'accounts{key}')} }`);
    await ask(`{ accounts{key} } #${'x'.repeat(65_536)}`);
    expect(validated).toEqual([]);
    await ask('{ accounts{key} }');
    expect(validated).toEqual(['accounts', 'key']);
  });

  it('is told apart from the introspection of GraphiQL', async () => {
    const { body } = await serve().ask(
      getIntrospectionQuery({ inputValueDeprecation: true, specifiedByUrl: true }),
    );
    expect(body.errors).toBeUndefined();
  });

  it('of introspection is no operation in production', async () => {
    const { ask } = serve({ introspection: false, formatError: formatWithoutSuggestions });
    expect((await ask('{ __schema { queryType { name } } }')).code).toBe('GRAPHQL_VALIDATION_FAILED');
    expect((await ask('{ cal }')).body.errors?.[0]?.message).not.toContain('Did you mean');
  });
});
