import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callId } from '../../support/client-ids.ts';
import { openEventSource } from '../../support/event-source.ts';
import { post } from '../../support/post.ts';
import { someCall } from '../../support/some-call.ts';
import { type StreamServer, startStreamServer } from '../../support/stream-server.ts';

let server: StreamServer;
beforeAll(async () => {
  server = await startStreamServer();
});
afterAll(() => server.close());

const query = `subscription All($filter: CallFilter, $after: String) {
  callEvents(filter: $filter, after: $after) { cursor kind previousStatus source call { providerCallId status } }
}`;

interface Result {
  readonly data: {
    readonly callEvents: { kind: string; cursor: string; call: { providerCallId: string; status: string } };
  };
}

const shown = ({ data: { callEvents } }: Result) =>
  `${callEvents.kind} ${callEvents.call?.providerCallId} ${callEvents.call?.status}`;

const urlOf = (parameters: Record<string, string>) => `${server.url}?${new URLSearchParams(parameters)}`;

describe('server-sent events', () => {
  it('bring each change once, in order, with its cursor as id', async () => {
    const source = await openEventSource(server.url, { body: { query } });
    expect([source.status, source.headers['content-type']]).toEqual([
      200,
      'text/event-stream; charset=utf-8',
    ]);
    await server.tell({ providerCallId: 'a1', status: 'RINGING' });
    await server.tell({ providerCallId: 'a1', status: 'IN_PROGRESS' });
    await server.tell({ providerCallId: 'b1', status: 'QUEUED' }, 'beta');
    await server.tell({ providerCallId: 'a1', status: 'COMPLETED' });
    const events = [await source.next(), await source.next(), await source.next(), await source.next()];
    const results = events.map((event) => JSON.parse(event?.data ?? '') as Result);
    expect(results.map(shown)).toEqual([
      'CREATED a1 RINGING',
      'CHANGED a1 IN_PROGRESS',
      'CREATED b1 QUEUED',
      'ENDED a1 COMPLETED',
    ]);
    expect(events.map((event) => event?.id)).toEqual(results.map(({ data }) => data.callEvents.cursor));
    source.close();
  });

  it('go on behind `after`, and behind Last-Event-ID, which is the later one', async () => {
    for (const status of ['QUEUED', 'RINGING', 'IN_PROGRESS'] as const) {
      await server.tell({ providerCallId: 'a2', status });
    }
    const [first, second] = await server.cursors('a2');
    const variables = JSON.stringify({ after: first });
    const one = await openEventSource(urlOf({ query, variables }));
    expect((await one.results<Result>(2)).map(shown)).toEqual([
      'CHANGED a2 RINGING',
      'CHANGED a2 IN_PROGRESS',
    ]);
    const headers = { 'last-event-id': second ?? '' };
    const other = await openEventSource(urlOf({ query, variables }), { headers });
    expect((await other.results<Result>(1)).map(shown)).toEqual(['CHANGED a2 IN_PROGRESS']);
    one.close();
    other.close();
  });

  it('begin with a GAP behind an event of another log, although its cursor is that of an event told before', async () => {
    const before = await openEventSource(server.url, { body: { query } });
    await server.tell({ providerCallId: 'a5' });
    expect((await before.results<Result>(1)).map(shown)).toEqual(['CREATED a5 IN_PROGRESS']);
    const after = Buffer.from(`${Number.MAX_SAFE_INTEGER}:`).toString('base64url');
    const source = await openEventSource(server.url, { body: { query, variables: { after } } });
    expect(await source.results<Result>(1)).toMatchObject([
      { data: { callEvents: { kind: 'GAP', call: null, cursor: (await server.cursors('a5'))[0] } } },
    ]);
    before.close();
    source.close();
  });

  it('are those of calls that match the filter after the change', async () => {
    const variables = { filter: { statuses: ['IN_PROGRESS'] } };
    const source = await openEventSource(server.url, { body: { query, variables } });
    await server.tell({ providerCallId: 'a3', status: 'RINGING' });
    await server.tell({ providerCallId: 'a3', status: 'IN_PROGRESS' });
    expect((await source.results<Result>(1)).map(shown)).toEqual(['CHANGED a3 IN_PROGRESS']);
    source.close();
  });

  it('of one call end when it ends, and at once if it has ended', async () => {
    const one = 'subscription ($id: ID!, $after: String) { callEvent(id: $id, after: $after) { kind } }';
    const id = callId('alpha', 'a4');
    await server.tell({ providerCallId: 'a4', status: 'RINGING' });
    const source = await openEventSource(server.url, { body: { query: one, variables: { id } } });
    await server.tell({ providerCallId: 'a4', status: 'BUSY' });
    expect([await source.next(), await source.next(), await source.next()]).toEqual([
      expect.objectContaining({ event: 'next', data: '{"data":{"callEvent":{"kind":"ENDED"}}}' }),
      expect.objectContaining({ event: 'complete', data: '' }),
      undefined,
    ]);
    const [first] = await server.cursors('a4');
    const late = await openEventSource(server.url, { body: { query: one, variables: { id } } });
    expect(await late.next()).toMatchObject({ event: 'complete' });
    const again = await openEventSource(server.url, {
      body: { query: one, variables: { id, after: first } },
    });
    expect(await again.next()).toMatchObject({ data: '{"data":{"callEvent":{"kind":"ENDED"}}}' });
    expect(await again.next()).toMatchObject({ event: 'complete' });
  });

  it.each([
    ['no account', { accountIds: [callId('alpha', 'x')] }, 400, 'INVALID_INPUT'],
    ['no cursor', { after: 'x' }, 400, 'INVALID_INPUT'],
  ])('are refused before they begin: %s', async (_, variables, status, code) => {
    const text =
      'subscription ($accountIds: [ID!], $after: String) { callEvents(accountIds: $accountIds, after: $after) { kind } }';
    const source = await openEventSource(server.url, { body: { query: text, variables } });
    expect([source.status, source.headers['content-type']]).toEqual([
      status,
      'application/graphql-response+json; charset=utf-8',
    ]);
    expect(JSON.parse(await source.text())).toMatchObject({
      errors: [{ extensions: { code, requestId: expect.any(String) } }],
    });
  });

  it.each([
    ['@skip(if: true)', 'subscription { callEvents @skip(if: true) { kind } }'],
    ['a variable', 'subscription ($on: Boolean!) { callEvents @include(if: $on) { kind } }'],
    [
      'fragments',
      'subscription { ...A } fragment A on Subscription { ...B } fragment B on Subscription { ...A ... @include(if: true) { callEvents { kind } } }',
    ],
  ])('are never left out by a condition: %s', async (_, text) => {
    const source = await openEventSource(server.url, { body: { query: text, variables: { on: false } } });
    expect([source.status, JSON.parse(await source.text())]).toMatchObject([
      400,
      { errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] },
    ]);
  });

  it('name no call that is not there', async () => {
    const text = `subscription { callEvent(id: "${callId('alpha', 'nothing')}") { kind } }`;
    const source = await openEventSource(server.url, { body: { query: text } });
    expect(JSON.parse(await source.text()).errors[0].extensions).toMatchObject({
      code: 'NOT_FOUND',
      field: ['id'],
    });
  });

  it('answer a query with its one result', async () => {
    const source = await openEventSource(urlOf({ query: '{ __typename }' }));
    expect(await source.next()).toMatchObject({ event: 'next', data: '{"data":{"__typename":"Query"}}' });
    expect(await source.next()).toMatchObject({ event: 'complete' });
  });

  it('are not how a mutation comes by GET', async () => {
    const text = 'mutation { createCall(input: {}) { call { id } } }';
    const source = await openEventSource(urlOf({ query: text }));
    expect(source.status).toBe(400);
    const valid = 'mutation { __typename }';
    expect((await openEventSource(urlOf({ query: valid }))).status).toBe(405);
  });

  it.each([
    ['cross-site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }, 403],
    ['same-site', { 'sec-fetch-site': 'same-site' }, 403],
    ['without metadata', { origin: 'https://evil.example' }, 403],
    ['same-origin', { 'sec-fetch-site': 'same-origin' }, 200],
  ])('begin by GET for pages of our own origin alone: %s', async (_, headers, status) => {
    const source = await openEventSource(urlOf({ query }), { headers });
    expect(source.status).toBe(status);
    source.close();
  });
});

it('a subscription by an ordinary POST is told how to subscribe', async () => {
  const answer = await post(server.url, query);
  expect(answer.code).toBe('BAD_REQUEST');
  expect(answer.errors[0]?.message).toContain('Accept: text/event-stream');
});

it('an event is executed once for all whose selection and rights are the same, wherever they began', async () => {
  const adapter = server.adapters.get('alpha') ?? expect.unreachable();
  adapter.calls = [someCall({ account: adapter.account, providerCallId: 'parent' })];
  const text = 'subscription ($after: String) { callEvents(after: $after) { call { id parent { id } } } }';
  await server.tell({ providerCallId: 'e0' });
  const [after] = await server.cursors('e0');
  const open = (variables: object) => openEventSource(server.url, { body: { query: text, variables } });
  const sources = await Promise.all([open({}), open({}), open({ after })]);
  await server.tell({ providerCallId: 'e1', parentId: 'parent' });
  const results = await Promise.all(sources.map((source) => source.results(1)));
  expect(results[0]).toMatchObject([
    { data: { callEvents: { call: { parent: { id: callId('alpha', 'parent') } } } } },
  ]);
  expect(results).toEqual([results[0], results[0], results[0]]);
  expect(adapter.askedFor('get').filter(([id]) => id === 'parent')).toHaveLength(1);
  for (const source of sources) source.close();
});

it('an event is executed anew where a variable is null that another subscriber leaves out', async () => {
  const text = `subscription ($order: CallOrder) {
    callEvents { call { account { calls(first: 1, orderBy: $order) { totalCount } } } }
  }`;
  const open = (variables: object) => openEventSource(server.url, { body: { query: text, variables } });
  const sources = await Promise.all([open({}), open({ order: null })]);
  await server.tell({ providerCallId: 'f1' });
  const results = await Promise.all(sources.map((source) => source.results<{ errors?: unknown[] }>(1)));
  expect(results.map(([result]) => result?.errors?.length ?? 0)).toEqual([0, 1]);
  for (const source of sources) source.close();
});
