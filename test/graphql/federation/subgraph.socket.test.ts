import { createRequire } from 'node:module';
import { composeServices as composeByGuild } from '@theguild/federation-composition';
import { parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Product, startProduct } from '../../support/product.ts';

// The CommonJS builds, which share the test's graphql.
const require = createRequire(import.meta.url);
const { composeServices }: typeof import('@apollo/composition') = require('@apollo/composition');

/** Another team's subgraph, which extends calls and has connections of its own. */
const users = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])
  type Query { users(first: Int): UserConnection! }
  type UserConnection { nodes: [User!]! pageInfo: PageInfo! }
  type PageInfo @shareable { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
  interface Node { id: ID! }
  type User implements Node @key(fields: "id") { id: ID! name: String! lastCall: Call }
  type Call @key(fields: "id") { id: ID! agent: User }
`;

let product: Product;
let sdl: string;
beforeAll(async () => {
  product = await startProduct({ sandbox: 60, file: { subgraph: true } });
  sdl = (await product.ask<{ _service: { sdl: string } }>('{ _service { sdl } }')).data._service.sdl;
});
afterAll(() => product.close());

const entities =
  'query E($of: [_Any!]!) { _entities(representations: $of) { ... on Call { id from } ... on Account { key } } }';

describe('a subgraph', () => {
  it("composes by Apollo's composition with one that extends calls", () => {
    const { errors, hints, supergraphSdl } = composeServices([
      { name: 'calls', url: product.url, typeDefs: parse(sdl) },
      { name: 'users', url: 'http://users.example', typeDefs: parse(users) },
    ]);
    expect(errors).toBeUndefined();
    expect(hints).toEqual([]);
    expect(supergraphSdl).toMatch(
      /type Call[^{]*@join__type\(graph: CALLS, key: "id"\)[^{]*@join__type\(graph: USERS, key: "id"\)/,
    );
  });

  it("composes by the Guild's composition, which keeps @oneOf", () => {
    const { errors, supergraphSdl } = composeByGuild([
      { name: 'calls', url: product.url, typeDefs: parse(sdl) },
      { name: 'users', url: 'http://users.example', typeDefs: parse(users) },
    ]);
    expect(errors).toBeUndefined();
    expect(supergraphSdl).toMatch(/input CallChange[^{]*@oneOf/);
  });

  it('leaves out what a supergraph can have only once', () => {
    const query = parse(sdl).definitions.find((each) => 'name' in each && each.name?.value === 'Query');
    const fields = query !== undefined && 'fields' in query ? (query.fields ?? []) : [];
    expect(fields.map(({ name }) => name.value)).toEqual(
      expect.arrayContaining(['call', 'calls', 'accounts']),
    );
    for (const name of ['node', 'nodes', '_service'])
      expect(fields.some((each) => each.name.value === name)).toBe(false);
  });
});

describe('entities', () => {
  it('are resolved in order, at the cost of `nodes`: 100 with as many requests to providers', async () => {
    const listed = await product.ask<{ calls: { nodes: { id: string; from: string }[] } }>(
      '{ calls(first: 99) { nodes { id from } } }',
    );
    const { nodes } = listed.data.calls;
    const account = 'QWNjb3VudDpiYW5kd2lkdGgtc2FuZGJveA';
    const ids = nodes.map(({ id }) => id);
    const of = [...ids.map((id) => ({ __typename: 'Call', id })), { __typename: 'Account', id: account }];
    const cost = { 'x-calls-cost': '1' };
    const resolved = await product.ask<{ _entities: object[] }>(entities, { of }, cost);
    expect(resolved.errors).toEqual([]);
    expect(resolved.data._entities).toEqual([...nodes, { key: 'bandwidth-sandbox' }]);
    const query =
      'query N($ids: [ID!]!) { nodes(ids: $ids) { ... on Call { id from } ... on Account { key } } }';
    const same = await product.ask(query, { ids: [...ids, account] }, cost);
    const requestsOf = ({ text }: { text: string }) => JSON.parse(text).extensions.cost.requests;
    expect(requestsOf(resolved)).toBe(requestsOf(same));
  });

  it('are null where there is none, and an error alone where the representation is none', async () => {
    const id = (text: string) => Buffer.from(text).toString('base64url');
    const { data, errors } = await product.ask<{ _entities: object[] }>(entities, {
      of: [
        { __typename: 'Account', id: id('Account:connect-sandbox') },
        { __typename: 'Account', id: id('Account:other') },
        { __typename: 'Call', id: id('Call:other:c-1') },
        { __typename: 'Call', id: id('Account:connect-sandbox') },
        { __typename: 'User', id: '1' },
        7,
      ],
    });
    expect(data._entities).toEqual([{ key: 'connect-sandbox' }, null, null, null, null, null]);
    expect(errors.map(({ path, extensions }) => [path?.[1], extensions.code])).toEqual(
      [3, 4, 5].map((i) => [i, 'INVALID_INPUT']),
    );
  });

  it('are at most 100', async () => {
    const of = Array.from({ length: 101 }, () => ({ __typename: 'Account', id: 'x' }));
    expect((await product.ask(entities, { of })).code).toBe('INVALID_INPUT');
  });
});
