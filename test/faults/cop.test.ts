import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountId } from '../support/client-ids.ts';
import { guard } from '../support/guard.ts';
import { post, type Reply, send } from '../support/post.ts';
import { withProduct } from '../support/product.ts';

guard();

/**
 * What graphql-cop looks for, as its README tells of it, and a few things of the kind. Each is asked as the
 * tool asks, of a server set up for production.
 */
let url: string;
let end: () => void;
let over: Promise<void>;
beforeAll(async () => {
  await new Promise<void>((ready) => {
    over = withProduct({ env: { NODE_ENV: 'production' } }, (product) => {
      url = product.url;
      ready();
      return new Promise<void>((resolve) => {
        end = resolve;
      });
    });
  });
});
afterAll(async () => {
  end();
  await over;
});

const json = { 'content-type': 'application/json' };
const ask = (query: string, variables?: object) => post<Record<string, unknown>>(url, query, variables);
const get = (query: string, headers = {}) => send(`${url}?query=${encodeURIComponent(query)}`, { headers });
const dataIn = ({ text }: Reply) => (text.startsWith('{') ? JSON.parse(text).data : undefined);
const times = (count: number, line: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => line(i)).join('\n');

describe('graphql-cop', () => {
  it('alias overloading: a hundred aliases are too many', async () => {
    const { data, code } = await ask(`query cop { ${times(101, (i) => `alias${i}: __typename`)} }`);
    expect([data, code]).toEqual([undefined, 'OPERATION_TOO_COSTLY']);
  });

  it('batch queries: a list of operations is refused', async () => {
    const body = JSON.stringify(Array(11).fill({ query: 'query cop { __typename }' }));
    const { status, text } = await send(url, { method: 'POST', headers: json, body });
    expect(status).toBe(400);
    expect(text).not.toContain('"data"');
  });

  it('circular query by introspection: none is answered', async () => {
    const round = (levels: number): string =>
      levels === 0 ? 'name' : `fields { type { ${round(levels - 1)} } }`;
    const { data, code } = await ask(`query cop { __schema { types { ${round(4)} } } }`);
    expect([data, code]).toEqual([undefined, 'GRAPHQL_VALIDATION_FAILED']);
  });

  it('circular fragments are refused', async () => {
    const { data, code } = await ask(
      'query cop { __schema { ...A } } fragment A on __Schema { ...B } fragment B on __Schema { ...A }',
    );
    expect([data, code]).toEqual([undefined, 'GRAPHQL_VALIDATION_FAILED']);
  });

  it('directive overloading: not every one of ten unknown directives is told', async () => {
    const { data, errors } = await ask(`query cop { __typename ${'@aa'.repeat(10)} }`);
    expect(data).toBeUndefined();
    expect(errors.length).toBeLessThan(10);
  });

  it('field duplication: the same field five hundred times is too much', async () => {
    const { data, code } = await ask(`query cop { ${times(500, () => '__typename')} }`);
    expect([data, code]).toEqual([undefined, 'OPERATION_TOO_COSTLY']);
  });

  it.each([
    'query cop { __schema { directive } }',
    '{ cal }',
    '{ calls { nodez { id } } }',
    '{ calls(firs: 1) { nodes { id } } }',
    'query ($f: CallFiltr) { calls(filter: $f) { nodes { id } } }',
    '{ calls(orderBy: NEWEST) { nodes { id } } }',
    '{ calls(filter: { statuses: [COMPLETE] }) { nodes { id } } }',
    '{ ... on Quer { __typename } }',
  ])('field suggestions: nothing is suggested for %s', async (query) => {
    const { text, status } = await ask(query);
    expect(status).toBe(200);
    expect(text).toContain('"errors"');
    expect(text).not.toMatch(/did you mean/i);
  });

  it('field suggestions: nor for values in variables, however often they are sent', async () => {
    for (let i = 0; i < 3; i++) {
      const { text } = await ask('query ($f: CallFilter) { calls(filter: $f) { nodes { id } } }', {
        f: { statuses: ['COMPLETE'], creatdAfter: '2026-11-20T00:00:00Z' },
      });
      expect(text).toContain('"errors"');
      expect(text).not.toMatch(/did you mean/i);
    }
  });

  it('GET queries: are refused to whoever a web page could send', async () => {
    for (const headers of [{}, { 'user-agent': 'graphql-cop/1' }, { 'content-type': 'text/plain' }]) {
      const reply = await get('query cop { __typename }', headers);
      expect([reply.status, dataIn(reply)]).toEqual([400, undefined]);
    }
  });

  it('mutations by GET: are refused whatever header comes with them', async () => {
    for (const headers of [{}, json, { 'apollo-require-preflight': '1' }]) {
      const reply = await get('mutation cop { __typename }', headers);
      expect([400, 405]).toContain(reply.status);
      expect(dataIn(reply)?.__typename).toBeUndefined();
    }
  });

  it('POST of a form: is refused, in the body as in the address', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const replies = [
      await send(url, { method: 'POST', headers: form, body: 'query=query+cop+%7B__typename%7D' }),
      await send(`${url}?query=query+cop+%7B__typename%7D`, { method: 'POST' }),
      await send(`${url}?query=query+cop+%7B__typename%7D`, { method: 'POST', headers: form }),
    ];
    for (const reply of replies) {
      expect([400, 415]).toContain(reply.status);
      expect(dataIn(reply)).toBeUndefined();
    }
  });

  it.each(['/graphql', '/graphiql', '/playground', '/console', '/'])(
    'IDE: there is none at %s',
    async (path) => {
      for (const headers of [
        {},
        { accept: 'text/html' },
        { accept: 'text/html', 'sec-fetch-mode': 'navigate' },
      ]) {
        const { text, status } = await send(new URL(path, url).href, { headers });
        expect(status).toBeGreaterThanOrEqual(400);
        expect(text).not.toMatch(/graphiql|playground|sandbox|<html/i);
      }
    },
  );

  it.each(['{ __schema { queryType { name } } }', '{ __type(name: "Call") { name fields { name } } }'])(
    'introspection: is off, %s',
    async (query) => {
      const { data, code } = await ask(query);
      expect([data, code]).toEqual([undefined, 'GRAPHQL_VALIDATION_FAILED']);
    },
  );

  it('tracing and stack traces: there are none, whatever is asked for', async () => {
    const headers = { 'x-apollo-tracing': '1', 'apollo-federation-include-trace': 'ftv1' };
    for (const query of [
      'query cop { __typename }',
      'query cop { nothing }',
      'qwerty cop { abc }',
      '{ call(id: "x") { id } }',
    ]) {
      const { text } = await post(url, query, {}, headers);
      expect(text).not.toMatch(/tracing|stacktrace|exception|ftv1|\bat .*:\d+:\d+/);
    }
  });
});

describe('and of the kind', () => {
  it('no persisted query is kept for anybody', async () => {
    const extensions = { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } };
    const body = JSON.stringify({ extensions });
    const { text } = await send(url, { method: 'POST', headers: json, body });
    expect(text).toContain('PERSISTED_QUERY_NOT_SUPPORTED');
  });

  it('no other origin is let in', async () => {
    const origin = { origin: 'https://evil.example' };
    const { headers } = await send(url, {
      method: 'POST',
      headers: { ...json, ...origin },
      body: '{"query":"{ __typename }"}',
    });
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it('no subscription and no second operation is run', async () => {
    expect((await ask('subscription { calls { id } }')).code).toBe('GRAPHQL_VALIDATION_FAILED');
    expect((await ask('query a { __typename } query b { __typename }')).code).toBe(
      'OPERATION_RESOLUTION_FAILURE',
    );
  });

  it('nothing is told of what the server is made of', async () => {
    const { headers, text } = await ask('{ accounts { key } }');
    expect(headers).not.toHaveProperty('x-powered-by');
    expect(headers).not.toHaveProperty('server');
    expect(JSON.parse(text)).not.toHaveProperty('extensions');
  });

  it.each([
    [
      'a fragment bomb',
      `{ ...F0 } ${times(40, (i) => `fragment F${i} on Query { ...F${i + 1} ... { ...F${i + 1} } }`)} fragment F40 on Query { __typename }`,
    ],
    ['twenty thousand tokens', `{ ${'__typename '.repeat(20_000)} }`],
    ['pages in pages', '{ calls(first: 500) { nodes { account { calls(first: 500) { nodes { id } } } } } }'],
    ['parents of parents', `{ call(id: "x") { ${'parent { '.repeat(30)} id ${'} '.repeat(30)} } }`],
    [
      'a hundred mutations',
      `mutation { ${times(100, (i) => `m${i}: updateCall(input: { id: "x", change: { muted: true } }) { call { id } }`)} }`,
    ],
    ['brackets', `{ calls(filter: ${'{'.repeat(5_000)}`],
    ['a list of lists', `{ nodes(ids: ${'['.repeat(1_900)}${']'.repeat(1_900)}) { id } }`],
    ['a comment of half a megabyte', `{ __typename } #${'x'.repeat(400_000)}`],
    ['a text of lines', `{ call(id: """${'\\"""'.repeat(50_000)}""") { id } }`],
  ])('%s is answered in a moment', async (_, query) => {
    const { status } = await ask(query);
    expect([200, 400]).toContain(status);
    expect(accountId('x')).not.toBe('');
  });
});
