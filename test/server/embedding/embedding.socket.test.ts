import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import websocket from '@fastify/websocket';
import Fastify from 'fastify';
import { parse } from 'graphql';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { type AccountOptions, type CallsApi, ConfigError, createCallsApi } from '../../../src/index.ts';
import { createManualClock, type Sandbox, startSandbox } from '../../../src/sandbox/index.ts';
import { post, send } from '../../support/post.ts';

const key = 'a key that is long enough';
const accounts = '{ accounts { key } }';
const caller = { id: 'user-1', accounts: ['*'], may: ['write'] } as const;

let sandbox: Sandbox;
let api: CallsApi;
let ids: readonly string[];
const lines: Record<string, unknown>[] = [];
const write = (fields: object, msg?: string) => void lines.push({ ...fields, msg });
const logger = { debug: write, info: write, warn: write, error: write };

beforeAll(async () => {
  sandbox = await startSandbox({ clock: createManualClock(Date.now()), calls: 20 });
  api = await createCallsApi({
    accounts: sandbox.accounts as never,
    logger,
    authenticate: ({ authorization }) => (authorization === key ? caller : undefined),
  });
  const { data } = await api.execute({ query: '{ accounts { id } }', caller });
  const { accounts: listed } = data as { accounts: { id: string }[] };
  ids = listed.map(({ id }) => id);
});
afterAll(async () => {
  await api.close();
  await sandbox.close();
});

async function listen(listener: RequestListener, upgrade?: CallsApi['upgrade']) {
  const server = createServer(listener);
  if (upgrade) server.on('upgrade', upgrade);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${port}/any/path`, close };
}

const placed = () =>
  sandbox.bandwidth.journal.filter(({ method, path }) => method === 'POST' && path.endsWith('/calls'));
const place = (account: string | undefined, alias = 'createCall') =>
  `${alias}: createCall(input: { accountId: "${account}", from: "+19195550100", to: "+19195550123", answerUrl: "https://example.com/a" }) { call { id } }`;

describe('the listener', () => {
  it('answers on a server of Node, authenticated by the application, queries, streams and WebSockets', async () => {
    const { url, close } = await listen(api.listener, api.upgrade);
    const authorization = key;
    expect((await post(url, accounts)).status).toBe(401);
    for (const _ of [1, 2, 3]) {
      expect((await post(url, accounts, {}, { authorization })).data).toMatchObject({
        accounts: [{}, {}, {}],
      });
    }
    const refused = await send(`${url}?query=%7Baccounts%7Bid%7D%7D`, { headers: { authorization } });
    expect(refused.status).toBe(400);
    const client = createClient({
      url: url.replace('http', 'ws'),
      webSocketImpl: WebSocket,
      connectionParams: { authorization },
    });
    const results = client.iterate({ query: 'subscription { callEvents { kind call { status } } }' });
    const first = results.next();
    await expect
      .poll(async () => (await api.execute({ query: `mutation { ${place(ids[0])} }`, caller })).errors)
      .toBe(undefined);
    expect(await first).toMatchObject({ value: { data: { callEvents: { call: { status: 'QUEUED' } } } } });
    await results.return?.();
    await client.dispose();
    close();
  });

  it('takes the body that a parser before it has read', async () => {
    const { url, close } = await listen((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk) => chunks.push(chunk));
      request.on('end', () => {
        setImmediate(() => {
          Object.assign(request, { body: JSON.parse(Buffer.concat(chunks).toString()) });
          api.listener(request, response);
        });
      });
    });
    expect((await post(url, accounts, {}, { authorization: key })).data).toMatchObject({
      accounts: [{}, {}, {}],
    });
    close();
  });

  it('serves what providers ask for, and browsers as `cors` says', async () => {
    const origin = 'https://app.example.com';
    const hosting = await createCallsApi({
      accounts: sandbox.accounts as never,
      logger,
      authenticate: () => undefined,
      publicUrl: 'https://calls.example.com',
      cors: { origins: [origin], credentials: true },
    });
    const { url, close } = await listen(hosting.listener, hosting.upgrade);
    const document = '{ bxml: "<Bxml><Hangup/></Bxml>" }';
    await hosting.execute({
      query: `mutation { createCall(input: { accountId: "${ids[0]}", from: "+19195550100", to: "+19195550123", document: ${document} }) { call { id } } }`,
      caller,
    });
    const { pathname } = new URL(JSON.parse(`${placed().at(-1)?.body}`).answerUrl);
    const served = await send(new URL(pathname, url).href, { method: 'POST' });
    expect(served).toMatchObject({ status: 200, text: '<Bxml><Hangup/></Bxml>' });
    // No place for a WebSocket, and its path is no matter for the log.
    const socket = new WebSocket(new URL(pathname, url.replace('http', 'ws')));
    socket.on('error', () => undefined);
    const status = await new Promise((resolve) => {
      socket.once('upgrade', () => resolve(101));
      socket.once('unexpected-response', (_, { statusCode }) => resolve(statusCode));
    });
    expect(status).toBe(404);
    expect(JSON.stringify(lines)).not.toContain(pathname);
    socket.terminate();
    const callback = await send(new URL('/callbacks/forged', url).href, { method: 'POST' });
    expect(callback).toMatchObject({ status: 200, text: expect.stringContaining('<Hangup/>') });
    const { headers } = await send(url, { headers: { origin } });
    expect(headers).toMatchObject({ 'access-control-allow-credentials': 'true' });
    await hosting.close();
    close();
  });

  it('is refused without rules for access, where calls are real', async () => {
    const open = await createCallsApi({ accounts: sandbox.accounts as never });
    expect(() => open.listener).toThrow(ConfigError);
    expect(() => open.fastify).toThrow(/^access: /);
    await open.close();
  });
});

describe('the plug-in for Fastify', () => {
  it('touches no route but its own, and takes the WebSockets that the application accepts', async () => {
    const app = Fastify();
    await app.register(websocket);
    app.post('/own', async ({ body }) => ({ body }));
    await app.register(api.fastify, { path: '/calls' });
    const url = await app.listen({ port: 0 });
    const own = await send(`${url}/own`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"anything":[1]}',
    });
    expect(own).toMatchObject({ status: 200, text: '{"body":{"anything":[1]}}' });
    for (const name of ['x-request-id', 'cache-control', 'vary'])
      expect(own.headers).not.toHaveProperty(name);
    expect(
      (await send(`${url}/own`, { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'x' }))
        .status,
    ).toBe(200);
    expect((await send(`${url}/nothing`)).text).toContain('Route GET:/nothing not found');
    expect((await post(`${url}/calls`, accounts, {}, { authorization: key })).data).toMatchObject({
      accounts: [{}, {}, {}],
    });
    const client = createClient({
      url: `${url.replace('http', 'ws')}/calls`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: key },
    });
    const { value } = await client.iterate({ query: accounts }).next();
    expect(value).toMatchObject({ data: { accounts: [{}, {}, {}] } });
    await client.dispose();
    await app.close();
  });

  it('serves below a prefix what providers ask for at a `publicUrl` with that prefix', async () => {
    const app = Fastify();
    const hosting = await createCallsApi({
      accounts: sandbox.accounts.map((each) => ({
        ...each,
        webhookSecret: 'of sixteen or more'.replaceAll(' ', '-'),
      })) as never,
      access: 'open',
      publicUrl: 'https://bff.example.com/api/',
    });
    await app.register(hosting.fastify, { prefix: '/api', path: '/calls' });
    const document = '{ bxml: "<Bxml><Hangup/></Bxml>" }';
    const query = `mutation { createCall(input: { accountId: "${ids[0]}", from: "+19195550100", to: "+19195550123", document: ${document} }) { call { id } } }`;
    const { body } = await app.inject({ method: 'POST', url: '/api/calls', payload: { query } });
    expect(JSON.parse(body).errors).toBe(undefined);
    const { answerUrl, disconnectUrl } = JSON.parse(`${placed().at(-1)?.body}`);
    expect(new URL(answerUrl).pathname).toMatch(/^\/api\/documents\//);
    expect((await app.inject({ method: 'POST', url: new URL(answerUrl).pathname })).body).toBe(
      '<Bxml><Hangup/></Bxml>',
    );
    expect(new URL(disconnectUrl).pathname).toMatch(/^\/api\/webhooks\//);
    const url = '/api/webhooks/bandwidth-sandbox/of-sixteen-or-more';
    expect((await app.inject({ method: 'POST', url, payload: { eventType: 'other' } })).statusCode).toBe(204);
    await app.close();
    await hosting.close();
  });

  it('logs to the application, if nothing else was said', async () => {
    const logged: string[] = [];
    const app = Fastify({ logger: { stream: { write: (line) => logged.push(line) } } });
    const quiet = await createCallsApi({ accounts: sandbox.accounts as never, access: 'open' });
    await app.register(quiet.fastify);
    await app.inject({ method: 'POST', url: '/graphql', payload: { query: accounts } });
    expect(logged.some((line) => line.includes('"msg":"operation"'))).toBe(true);
    await app.close();
    await quiet.close();
  });
});

describe('an API that cannot be created', () => {
  it('names every mistake at once, each with its path', async () => {
    const sdl = (more: string) => `extend enum Provider { ACME } ${more}`;
    const details = 'type AcmeCallDetails { note: String } extend union CallDetails = AcmeCallDetails';
    const provider = { provider: 'ACME', typeDefs: sdl(details), settings: z.object({}), create: () => 0 };
    const mistakes = async (given: unknown) =>
      createCallsApi(given as never).catch((error: ConfigError) => error.problems.map(({ path }) => path));
    expect(await mistakes(7)).toEqual(['options']);
    expect(
      await mistakes({
        logger: { info() {} },
        authenticate: 'me',
        adapters: [
          { ...provider, provider: 'acme' },
          { ...provider, typeDefs: 'type {', settings: {} },
          { ...provider, provider: 'BANDWIDTH', create: undefined },
        ],
        accounts: [{ key: 'a', provider: 'acme' }],
        cost: { depth: -1 },
        other: true,
      }),
    ).toEqual([
      'logger',
      'authenticate',
      'adapters[0].provider',
      'adapters[1].typeDefs',
      'adapters[1].settings',
      'adapters[2].provider',
      'adapters[2].create',
      'cost.depth',
      'other',
    ]);
    const typeDefs = (text: string) =>
      mistakes({ sandbox: true, adapters: [{ ...provider, typeDefs: text }] });
    expect(await typeDefs('type AcmeDetails { note: String }')).toEqual(
      Array(2).fill('adapters[0].typeDefs'),
    );
    expect(await typeDefs(sdl(`${details} type A implements Node { b: Int }`))).toEqual(['adapters']);
    expect(await typeDefs(sdl(`${details} extend type Call { a: None }`))).toEqual(['adapters']);
  });

  it('leaves nothing open', async () => {
    const servers = () => process.getActiveResourcesInfo().filter((name) => name === 'TCPServerWrap').length;
    const before = servers();
    const operations = { files: ['no-such-file.json'], only: true };
    await expect(createCallsApi({ sandbox: true, operations })).rejects.toThrow(ConfigError);
    await expect.poll(servers).toBeLessThanOrEqual(before);
  });
});

it('counts what operations do where the application asks for it', async () => {
  expect(api.metrics).toBe(undefined);
  const counting = await createCallsApi({ accounts: sandbox.accounts as never, metrics: true });
  await counting.execute({ query: accounts, caller });
  expect(counting.metrics?.contentType).toContain('text/plain');
  expect(await counting.metrics?.read()).toMatch(/^calls_operation_duration_seconds_count\{.*\} 1$/m);
  await counting.close();
});

it('hosts no document on the sandbox where no address leads to it, and claims no change that needs one', async () => {
  const own = await createCallsApi({ sandbox: true });
  const { data } = await own.execute({ query: '{ accounts { key capabilities } }', caller });
  const listed = data?.accounts as { key: string; capabilities: string[] }[];
  expect(listed.find(({ key: each }) => each === 'connect-sandbox')?.capabilities).not.toContain(
    'UPDATE_BXML',
  );
  await own.close();
});

describe('accounts that are set', () => {
  it('take the place of the others while operations run, and none of them does if one cannot be used', async () => {
    const changing = await createCallsApi({ accounts: sandbox.accounts as never, logger });
    const keys = async () => (await changing.execute({ query: accounts, caller })).data;
    const [first, ...others] = sandbox.accounts as never as [AccountOptions, ...AccountOptions[]];
    const list = '{ calls(first: 1) { nodes { id } unavailable { code } } }';
    const running = changing.execute({ query: list, caller });
    changing.accounts.set(others);
    expect((await running).data).toMatchObject({ calls: { nodes: [{}], unavailable: [] } });
    expect(await keys()).toMatchObject({ accounts: others.map(({ key: each }) => ({ key: each })) });
    expect(() => changing.accounts.set([first, { key: 'Wrong', provider: 'bandwidth' }])).toThrow(
      /^accounts\[1\]\.key: /,
    );
    expect(await keys()).toMatchObject({ accounts: [{}, {}] });
    await changing.close();
  });
});

describe('execute', () => {
  it('makes none of several changes if one of them is not allowed', async () => {
    const before = placed().length;
    const some = { id: 'user-2', accounts: ['bandwidth-*'], may: ['write'] } as const;
    const reader = { id: 'user-3', accounts: ['*'], may: ['read'] } as const;
    const query = `mutation { ${place(ids[0], 'a')} ${place(ids[0], 'b')} }`;
    expect((await api.execute({ query, caller: reader })).errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
    expect(placed()).toHaveLength(before);
    expect((await api.execute({ query: accounts, caller: some })).data).toEqual({
      accounts: [{ key: 'bandwidth-sandbox' }],
    });
  });

  it('takes a parsed document, names it in the log, and limits its cost', async () => {
    lines.length = 0;
    const document = parse('query Named { accounts { key } }');
    for (const _ of [1, 2, 3]) await api.execute({ document, caller, requestId: 'r-1' });
    expect(lines.filter(({ msg }) => msg === 'operation')).toEqual(
      Array(3).fill(
        expect.objectContaining({ name: 'Named', caller: 'user-1', requestId: 'r-1', errors: 0 }),
      ),
    );
    const costly = `{ ${Array.from({ length: 31 }, (_, i) => `a${i}: accounts { key }`).join(' ')} }`;
    expect((await api.execute({ query: costly, caller })).errors?.[0]?.extensions?.code).toBe(
      'OPERATION_TOO_COSTLY',
    );
  });

  it('ends its reads with the signal of the client', async () => {
    const leaving = new AbortController();
    leaving.abort();
    const { data } = await api.execute({
      query: '{ calls(first: 1) { unavailable { code } } }',
      caller,
      signal: leaving.signal,
    });
    expect(data).toMatchObject({ calls: { unavailable: [{}, {}, {}] } });
  });

  it.each([
    [{ caller: undefined }, '`caller`'],
    [{ caller: { ...caller, id: '' } }, '`caller`'],
    [{ caller: { ...caller, accounts: '*' } }, '`caller.accounts`'],
    [{ caller: { ...caller, may: ['admin'] } }, '`caller.may`'],
    [{ query: 7 }, '`query`'],
    [{ document: accounts }, '`document`'],
    [{ variables: 'x' }, '`variables`'],
    [{ signal: {} }, '`signal`'],
  ])('tells the developer what is wrong with a request: %j', async (wrong, name) => {
    const { errors } = await api.execute({ query: accounts, caller, ...wrong } as never);
    expect(errors?.[0]?.extensions?.code).toBe('INTERNAL_SERVER_ERROR');
    expect(errors?.[0]?.message).toContain(name);
    expect(lines.at(-1)).toMatchObject({ msg: 'a bug', err: { message: expect.stringContaining(name) } });
  });
});

describe('subscribe', () => {
  const query = 'subscription ($after: String) { callEvents(after: $after) { cursor kind } }';
  const newCall = async (of = api) =>
    void (await of.execute({ query: `mutation { ${place(ids[0])} }`, caller }));

  it('gives the results of events one by one, and goes on behind a cursor', async () => {
    // An application that the API was mounted in has been closed: that ends the streams of its own mount only.
    const results = api.subscribe({ query, caller, requestId: 'r-2' });
    const first = results.next();
    await turn();
    await newCall();
    const { value } = await first;
    expect(value).toMatchObject({ data: { callEvents: { kind: 'CREATED' } } });
    await results.return?.();
    expect(await results.next()).toEqual({ value: undefined, done: true });
    expect(lines.at(-1)).toMatchObject({ msg: 'subscription ended', reason: 'client', requestId: 'r-2' });
    await newCall();
    const document = parse(query);
    const variables = { after: value.data.callEvents.cursor };
    for await (const { data } of api.subscribe({ document, variables, caller })) {
      expect(data).toMatchObject({ callEvents: { kind: 'CREATED' } });
      break;
    }
  });

  it.each(['return', 'signal', 'close'])('ends with %s, although an event is waited for', async (how) => {
    const own = await createCallsApi({ accounts: sandbox.accounts as never });
    const leaving = new AbortController();
    const results = own.subscribe({ query, caller, signal: leaving.signal });
    const next = results.next();
    if (how === 'return') await results.return?.();
    else if (how === 'signal') leaving.abort();
    else await own.close();
    expect(await next).toEqual({ value: undefined, done: true });
    await own.close();
  });

  it('has one result for what is refused, and for a query', async () => {
    const resultsOf = async (request: object) => {
      const results = [];
      for await (const result of api.subscribe({ caller, ...request })) results.push(result);
      return results;
    };
    const code = (value: string) => [{ errors: [{ extensions: { code: value } }] }];
    expect(await resultsOf({ query: accounts })).toMatchObject([{ data: { accounts: [{}, {}, {}] } }]);
    expect(await resultsOf({ query: 'subscription { none }' })).toMatchObject(
      code('GRAPHQL_VALIDATION_FAILED'),
    );
    expect(await resultsOf({ query, variables: { after: 'x' } })).toMatchObject(code('INVALID_INPUT'));
    expect(await resultsOf({ query, caller: {} })).toMatchObject([
      { errors: [{ message: expect.stringContaining('`caller`') }] },
    ]);
  });
});

it('an API that has been closed refuses what is asked of it', async () => {
  const other = await createCallsApi({ accounts: sandbox.accounts as never, access: 'open', logger });
  const app = Fastify();
  await app.register(other.fastify);
  await other.close();
  const { errors } = await other.execute({ query: accounts, caller });
  expect(errors).toMatchObject([
    { message: 'The API has been closed.', extensions: { code: 'UNAVAILABLE' } },
  ]);
  const reply = await app.inject({ method: 'POST', url: '/graphql', payload: { query: accounts } });
  expect([reply.statusCode, reply.json().errors[0].extensions.code]).toEqual([503, 'UNAVAILABLE']);
  expect(() => other.context({ caller })).toThrow('The API has been closed.');
  expect(() => other.accounts.set(sandbox.accounts as never)).toThrow('The API has been closed.');
  await app.close();
});

it('two APIs in one process do not meet', async () => {
  const [bandwidth] = sandbox.accounts;
  const other = await createCallsApi({ accounts: [bandwidth] as never, cost: { pointsPerMinute: 2 } });
  const query = 'query ($id: ID!) { account: node(id: $id) { id } }';
  const ask = (of: CallsApi) => of.execute({ query, variables: { id: ids[1] }, caller });
  expect((await ask(api)).data?.account).toEqual({ id: ids[1] });
  expect((await ask(other)).data?.account).toBe(null);
  expect((await ask(other)).errors?.[0]?.extensions?.code).toBe('RATE_LIMITED');
  await other.close();
  expect((await ask(api)).data?.account).toEqual({ id: ids[1] });
});
