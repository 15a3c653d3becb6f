import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { relayStylePagination } from '@apollo/client/utilities';
import { generatePersistedQueryIdsFromManifest } from '@apollo/persisted-query-lists';
import { buildSchema, isAbstractType, type OperationDefinitionNode, parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Product, startProduct } from '../support/product.ts';
import { allCalls, type Connection, callToPlace, type Payload, takeAllDown } from './client-operations.ts';

const operations = parse(
  readFileSync(new URL('../fixtures/clients/operations.graphql', import.meta.url), 'utf8'),
);

/** Written by `generate-persisted-query-manifest` from the operations of the other file. */
const manifest = new URL('../fixtures/clients/persisted-query-manifest.json', import.meta.url);

/** One operation of the file, with its fragments. */
function documentOf(name: string) {
  const isNeeded = (node: (typeof operations.definitions)[number]) =>
    node.kind === 'FragmentDefinition' || (node as OperationDefinitionNode).name?.value === name;
  return { ...operations, definitions: operations.definitions.filter(isNeeded) };
}

let product: Product;
let possibleTypes: Record<string, string[]>;
beforeAll(async () => {
  product = await startProduct({ sandbox: 10, file: { operations: { files: [fileURLToPath(manifest)] } } });
  const schema = buildSchema(await (await fetch(`${product.url}/schema.graphql`)).text());
  const abstract = Object.values(schema.getTypeMap()).filter(isAbstractType);
  possibleTypes = Object.fromEntries(
    abstract.map((type) => [type.name, schema.getPossibleTypes(type).map(({ name }) => name)]),
  );
});
afterAll(() => product.close());

function createClient(): ApolloClient {
  const calls = relayStylePagination(['filter', 'orderBy', 'accountIds']);
  const cache = new InMemoryCache({ possibleTypes, typePolicies: { Query: { fields: { calls } } } });
  return new ApolloClient({ cache, link: new HttpLink({ uri: product.url }) });
}

describe('Apollo Client', () => {
  it('pages through a connection to its end with relayStylePagination', async () => {
    const client = createClient();
    const list = { query: documentOf('ListCalls'), variables: { first: 7 } };
    await client.query(list);
    const read = () => client.readQuery<{ calls: Connection }>(list)?.calls;
    let requests = 1;
    for (let page = read(); page?.pageInfo.hasNextPage; page = read()) {
      await client.watchQuery(list).fetchMore({ variables: { after: page.pageInfo.endCursor } });
      requests += 1;
    }
    const ids = await allCalls(product);
    expect(read()?.edges.map(({ node }) => node.id)).toEqual(ids);
    expect(requests).toBeGreaterThan(2);
  });

  it('does not take a list for ended of which nothing could be read, and misses no call of it', async () => {
    const client = createClient();
    const list = { query: documentOf('ListCalls'), variables: { first: 500 } };
    const comeBack = takeAllDown(product);
    // No error: with one, Apollo Client would not give the data.
    const { data } = await client.query<{ calls: Connection }>(list);
    expect(data?.calls).toMatchObject({ edges: [], pageInfo: { hasNextPage: true } });
    comeBack();
    const after = data?.calls.pageInfo.endCursor;
    await client.watchQuery(list).fetchMore({ variables: { after } });
    const calls = client.readQuery<{ calls: Connection }>(list)?.calls;
    expect(calls?.edges.map(({ node }) => node.id)).toEqual(await allCalls(product));
    expect(calls?.pageInfo.hasNextPage).toBe(false);
  });

  it('places a call, reads it again by its global id, and sees it end', async () => {
    const client = createClient();
    const placed = await client.mutate<{ createCall: Payload }>({
      mutation: documentOf('PlaceCall'),
      variables: { input: callToPlace },
    });
    expect(placed.data?.createCall.userErrors).toEqual([]);
    const id = placed.data?.createCall.call.id;
    const query = documentOf('ReadCall');
    const read = await client.query<{ node: object }>({ query, variables: { id } });
    expect(read.data?.node).toMatchObject({ id, details: { apiVersion: '2012-04-24' } });
    await client.mutate({
      mutation: documentOf('ChangeCall'),
      variables: { id, change: { end: 'HANG_UP' } },
    });
    // From the cache: the mutation's payload changed the same object.
    const cached = client.readQuery<{ node: object }>({ query, variables: { id } });
    expect(cached?.node).toMatchObject({ id, status: 'CANCELED' });
  });

  it('sends the ids of a manifest, queries by GET, and never a text', async () => {
    const sent: string[] = [];
    const ids = generatePersistedQueryIdsFromManifest({
      loadManifest: () => JSON.parse(readFileSync(manifest, 'utf8')),
    });
    const http = new HttpLink({
      uri: product.url,
      fetch: (url, init) => {
        sent.push(`${init?.method} ${decodeURIComponent(String(url))} ${init?.body ?? ''}`);
        return fetch(url, init);
      },
    });
    const link = new PersistedQueryLink({ ...ids, useGETForHashedQueries: true }).concat(http);
    const client = new ApolloClient({ cache: new InMemoryCache({ possibleTypes }), link });
    const page = await client.query<{ calls: Connection }>({
      query: documentOf('ListCalls'),
      variables: { first: 3 },
    });
    expect(page.data?.calls.edges).toHaveLength(3);
    const variables = { input: callToPlace };
    const placed = await client.mutate<{ createCall: Payload }>({
      mutation: documentOf('PlaceCall'),
      variables,
    });
    expect(placed.data?.createCall.userErrors).toEqual([]);
    expect(sent).toEqual([expect.stringMatching(/^GET /), expect.stringMatching(/^POST /)]);
    for (const request of sent) expect(request).not.toMatch(/[?&"]query["=]/);
  });
});
