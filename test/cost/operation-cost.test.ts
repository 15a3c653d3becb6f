import { getIntrospectionQuery } from 'graphql';
import { describe, expect, it } from 'vitest';
import { asked, bomb, repeat } from './asked.ts';
import { type Figures, figuresOf } from './figures-of.ts';

type Case = readonly [text: string, figures: Partial<Figures>, variables?: Readonly<Record<string, unknown>>];

/** Everything here is asked by someone who may see two accounts. */
function expectFigures([text, figures, variables]: Case): void {
  expect(figuresOf(asked(text, variables))).toMatchObject(figures);
}

const shapes: Record<string, Case> = {
  'a leaf': ['{ __typename }', { depth: 1, rootFields: 1, fields: 1, aliases: 0, directives: 0 }],
  'fields within fields': ['{ calls { nodes { account { key } } } }', { depth: 4, fields: 4 }],
  'the deepest of several': ['{ accounts { key } calls { nodes { id } } }', { depth: 3, rootFields: 2 }],
  'fragments, which are no deeper themselves': [
    '{ accounts { ...F ... on Account { ... { key } } } } fragment F on Account { key }',
    { depth: 2, fields: 3, rootFields: 1 },
  ],
  'fragments wherever they are spread': [
    '{ a: accounts { ...F } b: accounts { ...F } } fragment F on Account { x: key y: key }',
    { aliases: 6, fields: 6, rootFields: 2 },
  ],
  'root fields in fragments': [
    '{ ...F ...F ... { accounts { key } } } fragment F on Query { accounts { key } __typename }',
    { rootFields: 5 },
  ],
  'aliases, of __typename too': ['{ a: __typename b: __typename }', { aliases: 2 }],
  'an alias that changes nothing': ['{ accounts: accounts { key } }', { aliases: 1 }],
  'what is selected again in the same braces': [
    '{ __typename __typename accounts { key key key } }',
    { aliases: 3 },
  ],
  'not what is selected again elsewhere': [
    '{ accounts { __typename key ...F ... on Account { __typename key } } } fragment F on Account { __typename key }',
    { aliases: 0 },
  ],
  'directives wherever they stand': [
    `query Q($v: Boolean! = true) { accounts @skip(if: false) { ...F @include(if: true) ... @include(if: $v) { key } } }
     fragment F on Account { key @include(if: true) }`,
    { directives: 4 },
  ],
  'changes, in fragments too, but not __typename': [
    'mutation { __typename a: createCall { replayed } ...F ...F ... { updateCall { call { id } } } } fragment F on Mutation { createCall { replayed } }',
    { changes: 4, rootFields: 5 },
  ],
  'no changes of a query': ['{ a: __typename call(id: "x") { id } }', { changes: 0 }],
  'fragments as often as they are written': [
    '{ accounts { ...F ... { ...F } } } fragment F on Account { ... { key } } fragment G on Account { ...F }',
    { fragments: 5 },
  ],
  'only the operation that is asked for': [
    'query A { __typename } query B { a: accounts { b: key } }',
    { depth: 1, aliases: 0, fields: 1 },
  ],
};

const costs: Record<string, Case> = {
  'a call looked up': ['{ call(id: "x") { id } }', { nodes: 1, requests: 1 }],
  'a node looked up': ['{ node(id: "x") { id } }', { nodes: 1, requests: 1 }],
  'nodes, by their number': ['{ nodes(ids: ["a", "b", "c"]) { id } }', { nodes: 3, requests: 3 }],
  'nodes of a variable': [
    'query ($i: [ID!]!) { nodes(ids: $i) { id } }',
    { nodes: 2, requests: 2 },
    { i: ['a', 'b'] },
  ],
  'one node that is no list': ['query ($i: [ID!]!) { nodes(ids: $i) { id } }', { requests: 1 }, { i: 'a' }],
  'no more nodes than can be asked for': [
    'query ($i: [ID!]!) { nodes(ids: $i) { id } }',
    { requests: 100 },
    { i: Array(5000).fill('a') },
  ],
  'an account, which is at hand': ['{ account(id: "x") { key } }', { nodes: 1, requests: 0 }],
  'all accounts': ['{ accounts { key } }', { nodes: 2, requests: 0 }],
  'a page of all accounts': ['{ calls { nodes { id } } }', { nodes: 20, requests: 2 }],
  'a page of which nothing is shown': ['{ calls(first: 7) { __typename } }', { nodes: 7, requests: 2 }],
  'a page of none': ['{ calls(first: 0) { nodes { parent { id } } } }', { nodes: 0, requests: 2 }],
  'a page from the end': ['{ calls(last: 7) { edges { node { id } } } }', { nodes: 7, requests: 2 }],
  'a page of named accounts': ['{ calls(accountIds: ["a"]) { nodes { id } } }', { requests: 1 }],
  'a page of no account': ['{ calls(accountIds: []) { nodes { id } } }', { requests: 0 }],
  'a page of accounts named many times': [
    '{ calls(accountIds: ["a", "a", "a"]) { nodes { id } } }',
    { requests: 2 },
  ],
  'a page of accounts not named': [
    'query ($a: [ID!]) { calls(accountIds: $a) { nodes { id } } }',
    { requests: 2 },
    { a: null },
  ],
  'a page of one account': [
    '{ account(id: "x") { calls(first: 5) { nodes { id } } } }',
    { nodes: 6, requests: 1 },
  ],
  'a page of each account': ['{ accounts { calls(first: 5) { nodes { id } } } }', { nodes: 12, requests: 2 }],
  'what is asked of each call': [
    '{ calls(first: 500) { nodes { account { key } parent { id } } } }',
    { nodes: 1500, requests: 502 },
  ],
  'the same by edges': [
    '{ calls(first: 500) { edges { node { account { key } parent { id } } } } }',
    { nodes: 1500, requests: 502 },
  ],
  'pages within pages': [
    '{ calls(first: 10) { nodes { account { calls(first: 10) { nodes { id } } } } } }',
    { nodes: 120, requests: 12 },
  ],
  counting: [
    '{ calls(first: 1) { totalCount } accounts { calls(first: 1) { totalCount } } }',
    { nodes: 5, requests: 8 },
  ],
  'looking back': [
    '{ calls(first: 1) { pageInfo { hasPreviousPage hasNextPage endCursor } } }',
    { requests: 4 },
  ],
  'accounts that are unavailable': [
    '{ calls(first: 1) { unavailable { account { call(providerCallId: "c") { id } } } } }',
    { nodes: 5, requests: 4 },
  ],
  'a fragment on a page, as large as the page': [
    `{ calls(first: 3) { ...P } account(id: "x") { calls(first: 5) { ...P } } }
     fragment P on CallConnection { totalCount nodes { parent { id } } pageInfo { ...I } }
     fragment I on PageInfo { hasPreviousPage }`,
    { nodes: 17, requests: 2 + 3 + 4 + 1 + 5 + 2 },
  ],
  'placing a call': [
    'mutation ($i: CreateCallInput!) { createCall(input: $i) { call { id } } }',
    { nodes: 1, requests: 1 },
  ],
  'changing a call and reading it': [
    'mutation ($i: UpdateCallInput!) { updateCall(input: $i) { call { id } } }',
    { nodes: 1, requests: 2 },
  ],
  'changing a call': [
    'mutation ($i: UpdateCallBxmlInput!) { updateCallBxml(input: $i) { userErrors { code } } }',
    { nodes: 0, requests: 1 },
  ],
  'a look at the schema': [
    '{ __schema { types { fields { name } } } __type(name: "Call") { name } }',
    { nodes: 2000, requests: 0 },
  ],
  'what is left out': [
    `query ($yes: Boolean!, $no: Boolean = false) {
      a: call(id: "x") @skip(if: true) { id } b: call(id: "x") @include(if: $no) { id }
      ... @skip(if: $yes) { call(id: "x") { id } } ...F @include(if: false) } fragment F on Query { call(id: "x") { id } }`,
    { requests: 0, aliases: 2, rootFields: 4 },
    { yes: true },
  ],
  'what is not left out': [
    `query ($yes: Boolean!, $no: Boolean! = false) { a: call(id: "x") @skip(if: $no) { id } b: call(id: "x") @include(if: $yes) { id } }`,
    { requests: 2 },
    { yes: true },
  ],
};

const sizes: readonly [string, string, unknown, number][] = [
  ['a variable', '($n: Int)', 7, 7],
  ['a variable of too much', '($n: Int)', 1e9, 500],
  ['a variable below zero', '($n: Int)', -5, 0],
  ['a variable that is null', '($n: Int)', null, 20],
  ['a variable that is absent', '($n: Int)', undefined, 20],
  ['a variable’s default', '($n: Int = 9)', undefined, 9],
  ['null in place of a default', '($n: Int = 9)', null, 20],
  ['a variable in place of a default', '($n: Int = 9)', 3, 3],
  ['a text', '($n: Int)', '400', 20],
  ['a fraction', '($n: Int)', 1.5, 20],
  ['no number', '($n: Int)', Number.NaN, 20],
  ['a list', '($n: Int)', [7], 20],
];

describe('the figures of an operation', () => {
  it.each(Object.entries(shapes))('count %s', (_, each) => {
    expect.hasAssertions();
    expectFigures(each);
  });

  it.each(Object.entries(costs))('foresee %s', (_, each) => {
    expect.hasAssertions();
    expectFigures(each);
  });

  it.each(sizes)('take a page of the size of %s', (_, definition, n, nodes) => {
    const variables = n === undefined ? {} : { n };
    expect(
      figuresOf(asked(`query ${definition} { calls(first: $n) { nodes { id } } }`, variables)).nodes,
    ).toBe(nodes);
  });

  it('take variables that are named like what every object has', () => {
    const figures = figuresOf(asked('query ($constructor: [ID!]!) { nodes(ids: $constructor) { id } }'));
    expect(figures.requests).toBe(1);
  });

  it('grow with the accounts that the caller may see', () => {
    const requests = (accounts: number) =>
      figuresOf(asked('{ calls { totalCount } }', {}, accounts)).requests;
    expect([0, 1, 10].map(requests)).toEqual([0, 2, 20]);
  });

  it('of the introspection query of graphql-js, which is what GraphiQL sends', () => {
    const options = { specifiedByUrl: true, directiveIsRepeatable: true, schemaDescription: true };
    const more = { inputValueDeprecation: true, oneOf: true };
    const figures = figuresOf(asked(getIntrospectionQuery({ ...options, ...more })));
    expect(figures).toMatchObject({
      depth: 15,
      aliases: 0,
      rootFields: 1,
      directives: 0,
      nodes: 1000,
      requests: 0,
    });
  });

  it('of fragments that go round in circles end', () => {
    const figures = figuresOf(
      asked('{ call(id: "x") { ...A } } fragment A on Call { parent { ...B } } fragment B on Call { ...A }'),
    );
    expect(figures).toMatchObject({ depth: 2, requests: 2 });
  });

  it('of a document that is not valid are figures all the same', () => {
    const text =
      '{ nothing(at: $all) { ...Missing ... on Nothing { id } } nodes calls { id(first: 1) { nodes } } ...N } fragment N on Nothing { id }';
    expect(Object.values(figuresOf(asked(text))).every(Number.isFinite)).toBe(true);
  });

  it.each([40, 600])(
    'of %i fragments that spread each other twice are large, finite and soon there',
    (fragments) => {
      const figures = figuresOf(
        asked(`{ calls(first: 0) { nodes { ...F0 } } call(id: "x") { ...F0 } } ${bomb(fragments)}`),
      );
      expect(figures.requests).toBeGreaterThan(2 ** fragments > 1e15 ? 1e15 - 1 : 2 ** fragments);
      expect(Object.values(figures).every((figure) => figure <= 1e15)).toBe(true);
    },
  );

  it('of 2 000 tokens, nested as deep as they go, do not exhaust the stack', () => {
    const text = `{ ${'a{'.repeat(660)}b${'}'.repeat(660)} }`;
    expect(figuresOf(asked(text)).depth).toBe(661);
  });
});

describe('what front ends send', () => {
  const call = 'id from to status account { key } parent { id }';

  it.each([
    [
      'twenty aliased calls',
      `{ ${repeat(20, (i) => `c${i}: call(id: "x") { ${call} }`)} }`,
      { aliases: 20, requests: 40 },
    ],
    [
      'a hundred nodes',
      `{ nodes(ids: [${repeat(100, (i) => `"${i}"`)}]) { ... on Call { ${call} } } }`,
      { nodes: 300, requests: 200 },
    ],
    [
      'a page of 500 with accounts and parents',
      `{ calls(first: 500) { totalCount pageInfo { hasNextPage hasPreviousPage } edges { node { ${call} } } } }`,
      { nodes: 1500, requests: 506 },
    ],
  ])('is, for %s, within the limits', (_, text, figures) => {
    expect(figuresOf(asked(text))).toMatchObject(figures);
  });
});
