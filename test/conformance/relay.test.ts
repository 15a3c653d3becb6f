import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  commitMutation,
  createOperationDescriptor,
  Environment,
  fetchQuery,
  type GraphQLResponse,
  type GraphQLTaggedNode,
  getFragment,
  getRequest,
  getSingularSelector,
  Network,
  RecordSource,
  type SingularReaderSelector,
  Store,
  type Variables,
} from 'relay-runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Product, startProduct } from '../support/product.ts';
import { allCalls, type Connection, callToPlace, type Payload, takeAllDown } from './client-operations.ts';

const source = `
import { graphql } from 'relay-runtime';
graphql\`query appListQuery { ...app_calls }\`;
graphql\`
  fragment app_calls on Query
  @refetchable(queryName: "appCallsPageQuery")
  @argumentDefinitions(count: { type: "Int", defaultValue: 7 }, cursor: { type: "String" }) {
    calls(first: $count, after: $cursor) @connection(key: "app_calls") { edges { node { id ...app_call } } }
  }
\`;
graphql\`
  fragment app_call on Call @refetchable(queryName: "appCallQuery") {
    status createdAt details { ... on BandwidthCallDetails { applicationId } }
  }
\`;
graphql\`
  fragment app_account on Account
  @refetchable(queryName: "appAccountPageQuery")
  @argumentDefinitions(count: { type: "Int", defaultValue: 7 }, cursor: { type: "String" }) {
    calls(first: $count, after: $cursor) @connection(key: "app_account_calls") { edges { node { id } } }
  }
\`;
graphql\`
  mutation appPlaceMutation($input: CreateCallInput!) {
    createCall(input: $input) { call { id ...app_call } userErrors { code message } }
  }
\`;
graphql\`
  mutation appHangUpMutation($id: ID!) {
    updateCall(input: { id: $id, change: { end: HANG_UP } }) { call { id status } userErrors { code message } }
  }
\`;
`;

/** The path of the compiler's binary. */
const relay: string = createRequire(import.meta.url)('relay-compiler');

let product: Product;
let folder: string;
let compiled: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'relay-'));
  const persisted = join(folder, 'operations.json');
  // The compiler wants it to be there.
  writeFileSync(persisted, '{}');
  product = await startProduct({ sandbox: 10, file: { operations: { files: [persisted] } } });
  writeFileSync(join(folder, 'app.js'), source);
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  const sdl = await (await fetch(`${product.url}/schema.graphql`)).text();
  writeFileSync(join(folder, 'schema.graphql'), sdl);
  const config = {
    src: '.',
    schema: 'schema.graphql',
    language: 'javascript',
    eagerEsModules: true,
    persistConfig: { file: 'operations.json' },
  };
  writeFileSync(join(folder, 'relay.config.json'), JSON.stringify(config));
  compiled = execFileSync(relay, ['relay.config.json'], { cwd: folder, encoding: 'utf8' });
  product.reload();
});
afterAll(async () => {
  await product.close();
  rmSync(folder, { recursive: true });
});

async function artifact(name: string): Promise<GraphQLTaggedNode> {
  return (await import(join(folder, '__generated__', `${name}.graphql.js`))).default;
}

function createEnvironment(): Environment {
  // The artifacts have no texts but ids, which are MD5 by default.
  const network = Network.create(async ({ id }, variables) => {
    const response = await fetch(product.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ documentId: id, variables }),
    });
    return (await response.json()) as GraphQLResponse;
  });
  return new Environment({ network, store: new Store(new RecordSource()) });
}

/** What a component that shows this fragment of the list query would be given. */
async function read<Data>(environment: Environment, name: string): Promise<Data> {
  const list = createOperationDescriptor(getRequest(await artifact('appListQuery')), {});
  const { data } = environment.lookup(list.fragment);
  const selector = getSingularSelector(getFragment(await artifact(name)), data);
  return environment.lookup(selector as SingularReaderSelector).data as Data;
}

/** What the normalized store holds of an object. */
function recordOf(environment: Environment, id: string): unknown {
  return environment.getStore().getSource().get(id);
}

async function mutate(environment: Environment, name: string, variables: Variables) {
  const mutation = await artifact(name);
  return new Promise<Payload>((resolve, reject) => {
    const onCompleted = (response: object) => resolve(Object.values(response)[0] as Payload);
    commitMutation(environment, { mutation, variables, onCompleted, onError: reject });
  });
}

describe('Relay', () => {
  it('compiles against the SDL', () => {
    expect(compiled).toMatch(/compiled documents: .* 6 normalization/);
  });

  it('pages through a connection to its end', async () => {
    const environment = createEnvironment();
    await fetchQuery(environment, await artifact('appListQuery'), {}).toPromise();
    const pages = await artifact('appCallsPageQuery');
    let page = await read<{ calls: Connection }>(environment, 'app_calls');
    let requests = 1;
    for (; page.calls.pageInfo.hasNextPage; requests += 1) {
      const variables = { count: 7, cursor: page.calls.pageInfo.endCursor };
      await fetchQuery(environment, pages, variables).toPromise();
      page = await read<{ calls: Connection }>(environment, 'app_calls');
    }
    const ids = await allCalls(product);
    expect(ids.length).toBeGreaterThan(14);
    expect(page.calls.edges.map(({ node }) => node.id)).toEqual(ids);
    expect(requests).toBeGreaterThan(2);
  });

  it('does not take a list for ended of which nothing could be read, and misses no call of it', async () => {
    const environment = createEnvironment();
    const comeBack = takeAllDown(product);
    await fetchQuery(environment, await artifact('appListQuery'), {}).toPromise();
    const down = await read<{ calls: Connection }>(environment, 'app_calls');
    expect(down.calls.edges).toEqual([]);
    // Both are what `hasNext` of usePaginationFragment goes by.
    expect(down.calls.pageInfo).toMatchObject({ hasNextPage: true, endCursor: expect.any(String) });
    comeBack();
    const variables = { count: 500, cursor: down.calls.pageInfo.endCursor };
    await fetchQuery(environment, await artifact('appCallsPageQuery'), variables).toPromise();
    const { calls } = await read<{ calls: Connection }>(environment, 'app_calls');
    expect(calls.edges.map(({ node }) => node.id)).toEqual(await allCalls(product));
    expect(calls.pageInfo.hasNextPage).toBe(false);
  });

  it('places a call, reads it again by its global id, and hangs it up', async () => {
    const environment = createEnvironment();
    const placed = await mutate(environment, 'appPlaceMutation', { input: callToPlace });
    expect(placed.userErrors).toEqual([]);
    const { id } = placed.call;
    const other = createEnvironment();
    await fetchQuery(other, await artifact('appCallQuery'), { id }).toPromise();
    expect(recordOf(other, id)).toMatchObject({ __typename: 'Call', status: 'QUEUED' });
    const ended = await mutate(environment, 'appHangUpMutation', { id });
    expect(ended).toEqual({ call: { id, status: 'CANCELED' }, userErrors: [] });
    // The store has one record for the call, wherever it came from.
    expect(recordOf(environment, id)).toMatchObject({ status: 'CANCELED' });
  });
});
