import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { composeServices as composeByGuild } from '@theguild/federation-composition';
import { type FormattedExecutionResult, parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Agent, agentsSdl, createApolloGateway, startAgents } from '../../examples/subgraph.ts';
import { accountId, callId } from '../../support/client-ids.ts';
import { type Product, startProduct } from '../../support/product.ts';
import { createHiveGateway } from './hive-gateway.ts';

// The CommonJS build, which shares the test's graphql.
const require = createRequire(import.meta.url);
const { composeServices }: typeof import('@apollo/composition') = require('@apollo/composition');

const sha256Of = (key: string) => createHash('sha256').update(key).digest('hex');
/** The one sees all accounts, the other that of Bandwidth. */
const access = {
  keys: [
    { name: 'all', sha256: sha256Of('all'), may: ['write'] },
    { name: 'one', sha256: sha256Of('one'), accounts: ['bandwidth-sandbox'], may: ['read'] },
  ],
};

type Ask = (query: string, variables: object, key?: string) => Promise<FormattedExecutionResult>;

const agents: Agent[] = [];
let product: Product;
let agentsServer: Awaited<ReturnType<typeof startAgents>>;
let apollo: ReturnType<typeof createApolloGateway>;
let hive: Awaited<ReturnType<typeof createHiveGateway>>;
/** Requests for operations that have reached the subgraph. */
let operations = 0;
const asks: Record<'apollo' | 'hive', Ask> = {
  async apollo(query, variables, key = 'all') {
    const { body } = await apollo.executeOperation(
      { query, variables: { ...variables } },
      { contextValue: { key } },
    );
    return body.kind === 'single' ? JSON.parse(JSON.stringify(body.singleResult)) : {};
  },
  async hive(query, variables, key = 'all') {
    const headers = { 'content-type': 'application/json', 'x-api-key': key };
    const body = JSON.stringify({ query, variables });
    const response = await hive.fetch('http://gateway/graphql', { method: 'POST', headers, body });
    return (await response.json()) as FormattedExecutionResult;
  },
};

beforeAll(async () => {
  product = await startProduct({ sandbox: 60, file: { subgraph: true, access } });
  const { data } = await ask<{ _service: { sdl: string } }>('{ _service { sdl } }');
  agentsServer = await startAgents(agents);
  const services = [
    { name: 'calls', url: product.url, typeDefs: parse(data._service.sdl) },
    { name: 'agents', url: agentsServer.url, typeDefs: parse(agentsSdl) },
  ];
  apollo = createApolloGateway(composeServices(services).supergraphSdl ?? '');
  hive = await createHiveGateway(composeByGuild(services).supergraphSdl ?? '');
  await apollo.start();
  product.app.server.on('request', () => {
    operations += 1;
  });
});
afterAll(async () => {
  await apollo.stop();
  await hive[Symbol.asyncDispose]();
  await agentsServer.close();
  await product.close();
});

const requestsToProviders = () =>
  [product.bandwidth, product.connect, product.sbc].reduce((sum, { journal }) => sum + journal.length, 0);

/** What `run` resolves with, and how many requests it took of this server and of providers. */
async function counted<T>(
  run: () => Promise<T>,
): Promise<{ result: T; operations: number; requests: number }> {
  const [asked, sent] = [operations, requestsToProviders()];
  const result = await run();
  return { result, operations: operations - asked, requests: requestsToProviders() - sent };
}

interface Row {
  readonly id: string;
  readonly from: string;
  readonly account: { readonly key: string };
}

const fields = 'id from account { key }';
const ask = <Data>(query: string, variables: object = {}, key = 'all') =>
  product.ask<Data>(query, variables, { 'x-api-key': key });

async function listRows(): Promise<Row[]> {
  const { data } = await ask<{ calls: { nodes: Row[] } }>(`{ calls(first: 40) { nodes { ${fields} } } }`);
  return data.calls.nodes;
}

describe.each(['apollo', 'hive'] as const)('behind the gateway of %s', (name) => {
  const through = asks[name];

  it('calls have what another subgraph adds to them', async () => {
    const rows = await listRows();
    agents.splice(0, agents.length, {
      id: '7',
      name: 'Ada',
      calls: rows.slice(10).map(({ id }) => ({ id })),
    });
    const query = `{ calls(first: 40) { nodes { ${fields} agent { name } } } }`;
    const { result, operations: asked } = await counted(() => through(query, {}));
    expect(result).toEqual({
      data: { calls: { nodes: rows.map((row, i) => ({ ...row, agent: i < 10 ? null : { name: 'Ada' } })) } },
    });
    expect(asked).toBe(1);
  });

  it('calls that another subgraph refers to are resolved by one request, at the cost of `nodes`', async () => {
    const rows = await listRows();
    const ids = [...rows.map(({ id }) => id), callId('sbc-sandbox', 'none')];
    agents.splice(0, agents.length, { id: '7', name: 'Ada', calls: ids.map((id) => ({ id })) });
    const same = await counted(() =>
      ask(`query N($ids: [ID!]!) { nodes(ids: $ids) { ... on Call { ${fields} } } }`, { ids }),
    );
    const { result, ...cost } = await counted(() =>
      through(`query A($id: ID!) { agent(id: $id) { name calls { ${fields} } } }`, { id: '7' }),
    );
    expect(result.data).toEqual({ agent: { name: 'Ada', calls: [...rows, null] } });
    expect(cost).toEqual({ operations: 1, requests: same.requests });
    expect(cost.requests).toBeGreaterThan(20);
  });

  it('a caller gets null for what it may not see', async () => {
    const rows = await listRows();
    const may = (row: Row) => (row.account.key === 'bandwidth-sandbox' ? row : null);
    expect(new Set(rows.map(({ account }) => account.key)).size).toBeGreaterThan(1);
    agents.splice(0, agents.length, { id: '7', name: 'Ada', calls: rows.map(({ id }) => ({ id })) });
    // At once, since a gateway may send equal requests as one.
    const [whole, part] = await Promise.all(
      ['all', 'one'].map((key) => through(`{ agent(id: "7") { calls { ${fields} } } }`, {}, key)),
    );
    expect(whole).toEqual({ data: { agent: { calls: rows } } });
    expect(part?.data).toEqual({ agent: { calls: rows.map(may) } });
    const representations = rows.map(({ id }) => ({ __typename: 'Call', id }));
    const query = `query E($of: [_Any!]!) { _entities(representations: $of) { ... on Call { ${fields} } } }`;
    const direct = await ask<object>(query, { of: representations }, 'one');
    expect(direct.errors).toEqual([]);
    expect(direct.data).toEqual({ _entities: rows.map(may) });
  });

  it('input with @oneOf passes', async () => {
    const to = `+1919555012${name === 'hive' ? 1 : 2}`;
    const place = `mutation P($input: CreateCallInput!) { createCall(input: $input) { call { id } userErrors { code } } }`;
    const input = {
      accountId: accountId('bandwidth-sandbox'),
      from: '+19195550100',
      to,
      answerUrl: 'https://example.com/answer',
      idempotencyKey: name,
    };
    const placed = await through(place, { input });
    const { id } = (placed.data as { createCall: { call: { id: string } } }).createCall.call;
    const change = `mutation C($input: UpdateCallInput!) { updateCall(input: $input) { call { id } userErrors { code } } }`;
    const both = await counted(() =>
      through(change, { input: { id, change: { end: 'HANG_UP', muted: true } } }),
    );
    expect(both.result.errors).toHaveLength(1);
    expect(both.requests).toBe(0);
    const ended = await through(change, { input: { id, change: { end: 'HANG_UP' } } });
    expect(ended).toEqual({ data: { updateCall: { call: { id }, userErrors: [] } } });
  });
});
