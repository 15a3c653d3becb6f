import { hash } from 'node:crypto';
import { createClient as createSocketClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { ConfigError } from '../../src/config/config.ts';
import { send } from '../support/post.ts';
import { type Product, startProduct } from '../support/product.ts';
import { createManifestFile, documentIdOf } from './manifest-file.ts';

const list = 'query List($n: Int = 1) { calls(first: $n) { nodes { id } } accounts { key } }';
const hangUp =
  'mutation HangUp($id: ID!) { updateCall(input: { id: $id, change: { end: HANG_UP } }) { replayed: __typename } }';
const follow = 'subscription Follow { callEvents { cursor } }';
const key = 'a-key-for-tests';
const keys = [
  { name: 'front', sha256: hash('sha256', key, 'hex'), accounts: ['connect-sandbox'], may: ['write'] },
];

const file = createManifestFile(list, hangUp, follow);
let product: Product;
beforeAll(async () => {
  product = await startProduct({
    sandbox: 3,
    file: {
      operations: { files: [file.path], only: true },
      access: { keys },
      cost: { pointsPerMinute: 100_000 },
    },
  });
});
afterAll(async () => {
  await product.close();
  file.delete();
});

const authorized = { 'x-api-key': key };

async function post(body: object, headers: Record<string, string> = {}) {
  const reply = await send(product.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...authorized, ...headers },
    body: JSON.stringify(body),
  });
  const { data, errors } = JSON.parse(reply.text);
  return { status: reply.status, data, error: errors?.[0], code: errors?.[0]?.extensions.code };
}

async function get(parameters: Record<string, string>, headers: Record<string, string> = {}) {
  const reply = await send(`${product.url}?${new URLSearchParams(parameters)}`, {
    headers: { ...authorized, ...headers },
  });
  return { ...reply, body: JSON.parse(reply.text) };
}

const digest = documentIdOf(list).slice('sha256:'.length);

describe('a known operation', () => {
  it.each([
    ['by `documentId`', { documentId: documentIdOf(list) }],
    ["by Apollo's hash", { extensions: { persistedQuery: { version: 1, sha256Hash: digest } } }],
    ['by its text', { query: list }],
    ['by its text and its id', { query: list, documentId: documentIdOf(list) }],
    ['by a hash in capitals', { documentId: digest.toUpperCase() }],
    ['with its name', { documentId: documentIdOf(list), operationName: 'List' }],
  ])('is executed %s', async (_, body) => {
    const { data, error } = await post({ ...body, variables: { n: 2 } });
    expect(error).toBeUndefined();
    expect(data.calls.nodes).toHaveLength(2);
    expect(data.accounts).toEqual([{ key: 'connect-sandbox' }]);
  });

  it('is never parsed for a request: its tokens cost nothing', async () => {
    const body = JSON.stringify({ documentId: documentIdOf(list) });
    const headers = { 'content-type': 'application/json', ...authorized, 'x-calls-cost': '1' };
    const reply = await send(product.url, { method: 'POST', headers, body });
    // One for the request, one for the page.
    expect(JSON.parse(reply.text).extensions.cost).toMatchObject({ points: 2, requests: 1 });
  });

  it('is refused as any other with variables that are not valid', async () => {
    const { code } = await post({ documentId: documentIdOf(list), variables: { n: 'x' } });
    expect(code).toBe('BAD_USER_INPUT');
  });

  it('is not executed for a name that it does not have', async () => {
    const { code } = await post({ documentId: documentIdOf(list), operationName: 'Other' });
    expect(code).toBe('OPERATION_RESOLUTION_FAILURE');
  });

  it('is streamed as server-sent events', async () => {
    const aborting = new AbortController();
    const response = await fetch(`${product.url}?documentId=${documentIdOf(follow)}`, {
      headers: { ...authorized, accept: 'text/event-stream' },
      signal: aborting.signal,
    });
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'text/event-stream; charset=utf-8',
    ]);
    aborting.abort();
  });

  it.each([
    ['documentId', { documentId: documentIdOf(list) }],
    ['persistedQuery', { persistedQuery: { version: 1, sha256Hash: digest } }],
  ])('is executed over a WebSocket, named in the extensions by %s', async (_, extensions) => {
    const client = createSocketClient({
      url: product.url.replace('http', 'ws'),
      webSocketImpl: WebSocket,
      connectionParams: authorized,
      retryAttempts: 0,
    });
    const next = await client.iterate({ query: '', extensions }).next();
    expect(next.value).toMatchObject({ data: { accounts: [{ key: 'connect-sandbox' }] } });
    const unknown = client.iterate({ query: '{ accounts { id } }' }).next();
    await expect(unknown).rejects.toMatchObject([{ extensions: { code: 'PERSISTED_QUERY_NOT_IN_LIST' } }]);
    const other = client.iterate({ query: '', extensions: { documentId: 'other' } }).next();
    await expect(other).rejects.toMatchObject([{ extensions: { code: 'PERSISTED_QUERY_NOT_IN_LIST' } }]);
    await client.dispose();
  });
});

describe('by GET', () => {
  it('a known query is executed without a header that needs a preflight', async () => {
    const { status, body, headers } = await get({ documentId: documentIdOf(list), variables: '{"n":2}' });
    expect([status, body.data.calls.nodes.length]).toEqual([200, 2]);
    expect(headers['cache-control']).toBe('no-store');
  });

  it('what is wrong with its variables is told', async () => {
    const { status, body } = await get({ documentId: documentIdOf(list), variables: '{' });
    expect([status, body.errors[0].message]).toEqual([
      400,
      'The search parameter `variables` must be a JSON object.',
    ]);
  });

  it("a known query is executed by Apollo's hash too", async () => {
    const extensions = JSON.stringify({ persistedQuery: { version: 1, sha256Hash: digest } });
    expect((await get({ extensions })).body.data.accounts).toHaveLength(1);
  });

  it.each([
    ['a mutation', { documentId: documentIdOf(hangUp), variables: '{"id":"x"}' }, {}, 405],
    [
      'a query for a page of another site',
      { documentId: documentIdOf(list) },
      { 'sec-fetch-site': 'cross-site' },
      403,
    ],
    ['the text of a known query, without such a header', { query: list }, {}, 400],
  ])('%s is refused', async (_, parameters, headers, expected) => {
    const { status, body } = await get(parameters, headers as Record<string, string>);
    expect([status, body.errors[0].extensions.code, body.data]).toEqual([expected, 'BAD_REQUEST', undefined]);
  });
});

describe('any other operation', () => {
  const unknown = '{ accounts { id } }';
  it.each([
    ['a text', { query: unknown }, documentIdOf(unknown)],
    // It cannot be parsed, and nobody notices.
    ['a text that is no GraphQL', { query: '{ accounts {' }, documentIdOf('{ accounts {')],
    ['an id', { documentId: documentIdOf(unknown) }, documentIdOf(unknown)],
    [
      "Apollo's hash",
      { extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } },
      'a'.repeat(64),
    ],
    ['an id of another kind', { documentId: 'x-other' }, 'x-other'],
    ['a text with an id', { query: unknown, documentId: documentIdOf(unknown) }, documentIdOf(unknown)],
  ])('is refused by name: %s', async (_, body, name) => {
    const { status, error } = await post(body, { accept: 'application/graphql-response+json' });
    expect([status, error.extensions.code]).toEqual([400, 'PERSISTED_QUERY_NOT_IN_LIST']);
    expect(error.message).toContain(name);
  });

  it('costs a point, and is refused for the key first', async () => {
    expect((await post({ query: unknown }, { 'x-api-key': 'other' })).status).toBe(401);
    const headers = { 'content-type': 'application/json', ...authorized, 'x-calls-cost': '1' };
    const reply = await send(product.url, {
      method: 'POST',
      headers,
      body: JSON.stringify({ query: unknown }),
    });
    expect(JSON.parse(reply.text).extensions.cost).toMatchObject({ points: 1, requests: 0 });
  });

  it.each([
    ['an id that is not that of the text', { query: list, documentId: documentIdOf(hangUp) }],
    ['an id that is no text', { documentId: 7 }],
    ['no hash', { extensions: { persistedQuery: { version: 1 } } }],
  ])('is no request with %s', async (_, body) => {
    const { status, code } = await post(body);
    expect([status, code]).toEqual([400, 'BAD_REQUEST']);
  });
});

describe('when the files are read again', () => {
  const added = 'query Added { accounts { provider } }';

  it('what is new is known, and what is gone is not', async () => {
    file.write(list, added);
    product.reload();
    expect((await post({ documentId: documentIdOf(added) })).data.accounts).toHaveLength(1);
    expect((await post({ documentId: documentIdOf(hangUp) })).code).toBe('PERSISTED_QUERY_NOT_IN_LIST');
  });

  it.each(['{', JSON.stringify({ a: 'query Bad { nothing }' })])(
    'nothing changes by a file with %s',
    async (text) => {
      file.writeText(text);
      expect(() => product.reload()).toThrow(ConfigError);
      expect((await post({ documentId: documentIdOf(added) })).data.accounts).toHaveLength(1);
    },
  );
});

describe('at the start', () => {
  it('every document that cannot be executed is named with its file', async () => {
    const bad = createManifestFile(
      'query Bad { nothing }',
      'query Look { __schema { types { name } } }',
      '{ x',
    );
    const starting = startProduct({
      sandbox: 0,
      file: { operations: { files: [bad.path, `${bad.path}.missing`] }, introspection: false },
    });
    const error = await starting.catch((thrown: Error) => thrown);
    bad.delete();
    expect(String(error).split('\n')).toEqual([
      expect.stringMatching(
        /operations\.files\[0\]: .*persisted-documents\.json: the operation Bad .*"nothing"/,
      ),
      expect.stringMatching(/operations\.files\[0\]: .* the operation Look .*introspection/),
      expect.stringMatching(/operations\.files\[0\]: .* the operation without a name .*Syntax Error/),
      expect.stringMatching(/operations\.files\[1\]: .*\.missing: ENOENT/),
    ]);
  });
});
