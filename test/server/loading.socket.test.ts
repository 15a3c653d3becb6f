import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accountId, callId } from '../support/client-ids.ts';
import { type Product, startProduct } from '../support/product.ts';

let product: Product;
beforeEach(async () => {
  product = await startProduct({ sandbox: 100 });
});
afterEach(() => product.close());

const reads = () => product.bandwidth.journal.filter(({ method }) => method === 'GET');
const someCall = () => product.bandwidth.calls[0]?.callId as string;

describe('loading', () => {
  it('makes one request for twenty aliases of one call', async () => {
    const id = callId('bandwidth-sandbox', someCall());
    const aliases = Array.from({ length: 20 }, (_, i) => `a${i}: call(id: "${id}") { id status }`).join('\n');
    const { data, errors } = await product.ask(`{ ${aliases} node(id: "${id}") { id } }`);
    expect(errors).toEqual([]);
    expect(Object.values(data)).toHaveLength(21);
    expect(reads()).toHaveLength(1);
  });

  it('makes no request twice for a page with accounts and parents', async () => {
    const { data, errors } = await product.ask<{ account: { calls: { nodes: { parent: unknown }[] } } }>(
      `query ($id: ID!) { account(id: $id) { calls(first: 100, orderBy: OLDEST_FIRST) {
         nodes { id account { id name } parent { id status } } } } }`,
      { id: accountId('bandwidth-sandbox') },
    );
    expect(errors).toEqual([]);
    expect(data.account.calls.nodes.some(({ parent }) => parent !== null)).toBe(true);
    const asked = reads().map(({ path, search }) => path + search);
    expect(new Set(asked).size).toBe(asked.length);
  });

  it('answers null for an unknown id and an unknown account, and says so of a malformed one', async () => {
    const unknown = callId('bandwidth-sandbox', 'c-00000000-00000000-0000-4000-8000-000000000000');
    const query = 'query ($id: ID!) { call(id: $id) { id } node(id: $id) { id } }';
    for (const id of [unknown, callId('nobody', 'x')]) {
      const { data, errors } = await product.ask(query, { id });
      expect([data, errors]).toEqual([{ call: null, node: null }, []]);
    }
    const { data, errors } = await product.ask(query, { id: 'c-15ac29a2' });
    expect(data).toEqual({ call: null, node: null });
    expect(errors.map(({ extensions }) => extensions)).toEqual([
      { code: 'INVALID_INPUT', field: ['id'] },
      { code: 'INVALID_INPUT', field: ['id'] },
    ]);
  });

  it('gives nodes in the order asked, each with its own failure', async () => {
    const id = callId('bandwidth-sandbox', someCall());
    const account = accountId('sbc-sandbox');
    const { data, errors } = await product.ask<{ nodes: ({ id: string } | null)[] }>(
      'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }',
      { ids: [account, 'nonsense', id] },
    );
    expect(data.nodes).toEqual([{ __typename: 'Account', id: account }, null, { __typename: 'Call', id }]);
    expect(errors).toMatchObject([{ path: ['nodes', 1], extensions: { field: ['ids', '1'] } }]);
  });

  it('refuses more than a hundred nodes', async () => {
    const ids = Array.from({ length: 101 }, () => accountId('sbc-sandbox'));
    const { errors } = await product.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids });
    expect(errors[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT', field: ['ids'] });
  });

  it('tells of every account what it is and can do', async () => {
    const { data } = await product.ask<{ accounts: object[] }>(
      '{ accounts { id key name provider providerAccountId capabilities } }',
    );
    expect(data.accounts).toMatchObject([
      { key: 'bandwidth-sandbox', provider: 'BANDWIDTH', providerAccountId: '9900000' },
      { key: 'connect-sandbox', provider: 'RESTCOMM', providerAccountId: expect.stringMatching(/^AC/) },
      { key: 'sbc-sandbox', provider: 'RESTCOMM', providerAccountId: null },
    ]);
  });

  it('finds a call by the provider’s own id', async () => {
    const { data } = await product.ask(
      'query ($id: ID!, $call: String!) { account(id: $id) { call(providerCallId: $call) { providerCallId } } }',
      { id: accountId('bandwidth-sandbox'), call: someCall() },
    );
    expect(data).toEqual({ account: { call: { providerCallId: someCall() } } });
  });
});
