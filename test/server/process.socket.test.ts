import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { CallsApi, Configuration } from 'bandwidth-sdk';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type BandwidthCarrier, startBandwidth } from '../../src/sandbox/index.ts';
import { bandwidthSettings } from '../support/carrier-accounts.ts';
import { createVariables } from '../support/new-call.ts';
import { post } from '../support/post.ts';
import { killServers, type RunningServer, runServer } from '../support/run-server.ts';

const open = `
access: open
accounts: [{ key: a, provider: bandwidth, accountId: "1", auth: { clientId: a, clientSecret: b } }]
`;

/** Ports that were free a moment ago, all of them held at once so that no two are the same. */
async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}

describe('the process without settings', () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await runServer();
  });
  afterAll(killServers);

  it('logs a line an operation, without a number, a name or a secret in it', async () => {
    const { url } = server;
    const { errors } = await post(
      url,
      `mutation Call19195550177 ($input: CreateCallInput!) { createCall(input: $input) { userErrors { code } } }`,
      createVariables('bandwidth-sandbox', {
        to: '+19195550177',
        answerUrl: 'https://example.com/canary',
        bandwidth: { tag: 'canary', callbackCredentials: { username: 'canary', password: 'canary' } },
      }),
    );
    expect(errors).toEqual([]);
    await expect.poll(() => server.output()).toContain('"operation":"mutation"');
    const line = JSON.parse(
      server
        .output()
        .split('\n')
        .find((each) => each.includes('"operation":"mutation"')) as string,
    );
    expect(line).toMatchObject({ operation: 'mutation', errors: 0, providerRequests: 2 });
    expect(server.output()).not.toMatch(/9195550|canary|sandbox-secret/);
  });

  it('runs on the sandbox, and says where', async () => {
    const { url } = server;
    expect((await fetch(new URL('/healthz', url))).status).toBe(200);
    expect((await fetch(new URL('/readyz', url))).status).toBe(200);
    const { data } = await post(url, '{ calls(first: 5) { nodes { id } unavailable { code } } }');
    expect(data).toMatchObject({ calls: { unavailable: [] } });
    expect(server.output().match(/\/graphql/g)).toHaveLength(1);
  });

  it('says that its port is taken, and ends', async () => {
    const { port } = new URL(server.url);
    const second = await runServer({ env: { PORT: port } });
    expect(await second.ended).toBe(1);
    expect(second.output()).toBe(`Cannot listen on 127.0.0.1:${port}: the port is in use (EADDRINUSE).\n`);
  });
});

describe('the process on the sandbox with access rules', () => {
  let server: RunningServer;
  let url: string;
  beforeAll(async () => {
    const sha256Of = (key: string) => createHash('sha256').update(key).digest('hex');
    const keys = [
      { name: 'dialler', sha256: sha256Of('secret-key'), may: ['write'] },
      { name: 'reader', sha256: sha256Of('sandbox-reader'), accounts: ['sbc-sandbox'], may: ['read'] },
    ];
    const jwt = {
      issuer: 'https://id.example/',
      audience: 'calls',
      jwks: 'http://127.0.0.1:9/keys',
      algorithms: ['RS256'],
    };
    const file = { access: { keys, jwt }, cors: { origins: ['https://app.example'] } };
    server = await runServer({ file, env: { HOST: '0.0.0.0' } });
    url = server.url.replace('0.0.0.0', '127.0.0.1');
  });
  afterAll(killServers);

  it('logs the calls that were placed, replays, callers that are refused, and why a token cannot be checked', async () => {
    const query =
      'mutation ($input: CreateCallInput!) { createCall(input: $input) { call { providerCallId } } }';
    const variables = createVariables('bandwidth-sandbox', { idempotencyKey: 'key' });
    const key = { 'x-api-key': 'secret-key' };
    const { data } = await post<{ createCall: { call: { providerCallId: string } } }>(
      url,
      query,
      variables,
      key,
    );
    await post(url, query, variables, key);
    expect((await post(url, query, variables, { 'x-request-id': 'stranger' })).status).toBe(401);
    const bearer = `Bearer ${['{"alg":"RS256"}', '{}', ''].map((part) => btoa(part).replaceAll('=', '')).join('.')}x`;
    const token = { authorization: bearer, 'x-request-id': 'bearer' };
    expect((await post(url, query, variables, token)).status).toBe(503);
    await expect.poll(() => server.output()).toContain('bearer');
    await expect.poll(() => server.output()).toContain('replays');
    const calls = [`bandwidth-sandbox/${data.createCall.call.providerCallId}`];
    const lines = server
      .output()
      .split('\n')
      .filter((line) => /"msg":"(operation|refused)"/.test(line));
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { caller: 'key:dialler', calls },
      { caller: 'key:dialler', calls, replays: 1 },
      { requestId: 'stranger', code: 'UNAUTHENTICATED', status: 401 },
      { requestId: 'bearer', code: 'UNAVAILABLE', status: 503 },
    ]);
    expect(server.output().match(/the keys of the token issuer cannot be fetched/g)).toHaveLength(1);
    expect(server.output()).not.toContain('secret-key');
  });

  it('runs on the sandbox with settings and without accounts, reachable where access is ruled', async () => {
    expect(new URL(server.url).hostname).toBe('0.0.0.0');
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-api-key': 'sandbox-reader',
        origin: 'https://app.example',
      },
      body: JSON.stringify({ query: '{ accounts { key } }' }),
    });
    expect(await response.json()).toEqual({ data: { accounts: [{ key: 'sbc-sandbox' }] } });
    expect(response.headers.get('access-control-allow-origin')).toBe('https://app.example');
  });
});

describe('the process on an account', () => {
  let carrier: BandwidthCarrier;
  let server: RunningServer;
  beforeAll(async () => {
    carrier = await startBandwidth();
    const account = { key: 'main', provider: 'bandwidth', ...bandwidthSettings(carrier) };
    server = await runServer({ file: { accounts: [account] } });
  });
  afterAll(async () => {
    await killServers();
    await carrier.close();
  });

  it('leads from a failed create to the provider’s id of its error by one search of the log', async () => {
    const errorId = '59512d87-7a92-4040-8e4a-78fb772019b9';
    carrier.faults.add({
      times: 1,
      when: { method: 'POST', path: /calls$/ },
      do: { kind: 'status', status: 503, body: JSON.stringify({ id: errorId, description: 'no' }) },
    });
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
    const headers = { 'x-request-id': 'order-4711', traceparent: `00-${traceId}-00f067aa0ba902b7-01` };
    const query = 'mutation ($input: CreateCallInput!) { createCall(input: $input) { userErrors { code } } }';
    const variables = createVariables('main', { to: '+19195550177' });
    const { code } = await post(server.url, query, variables, headers);
    expect(code).toBe('OUTCOME_UNKNOWN');
    await expect.poll(() => server.output()).toContain('"operation":"mutation"');
    const lines = server
      .output()
      .split('\n')
      .filter((line) => line.includes('order-4711'));
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      {
        requestId: 'order-4711',
        traceId,
        caller: 'everyone',
        operation: 'mutation',
        errors: 0,
        codes: ['OUTCOME_UNKNOWN'],
        providerErrorIds: [errorId],
        accounts: { main: { requests: 2 } },
      },
    ]);
    expect(server.output()).toContain('"account":"main","state":"DEGRADED","code":"OUTCOME_UNKNOWN"');
    expect(server.output()).not.toMatch(/9195550/);
  });

  it('lets a request under way end after SIGTERM, then ends with 0', async () => {
    carrier.journal.clear();
    carrier.latency = 300;
    const answer = post(server.url, '{ calls { nodes { id } } }');
    await expect.poll(() => carrier.journal.length).toBeGreaterThan(0);
    server.process.kill('SIGTERM');
    expect((await answer).errors).toEqual([]);
    expect(await server.ended).toBe(0);
  });
});

describe('the process on the sandbox in production', () => {
  let ports: number[];
  let server: RunningServer;
  beforeAll(async () => {
    ports = await freePorts(3);
    const [bandwidth, connect, sbc] = ports;
    server = await runServer({
      file: { sandbox: true, sandboxPorts: { bandwidth, connect, sbc }, shutdown: { delay: '1h' } },
      env: { NODE_ENV: 'production' },
    });
  });
  afterAll(killServers);

  it('prints where each emulated carrier is, so that a client of its own can be pointed at it', async () => {
    const [bandwidth, connect, sbc] = ports;
    await expect.poll(() => server.output()).toContain('"The sandbox"');
    for (const address of [
      `http://127.0.0.1:${bandwidth}/api/v2, tokens from http://127.0.0.1:${bandwidth}/api/v1/oauth2/token`,
      `http://127.0.0.1:${connect}/restcomm/2012-04-24`,
      `http://127.0.0.1:${sbc}/restcomm-sbc/2012-04-24`,
    ]) {
      expect(server.output()).toContain(address);
    }
    const basePath = `http://127.0.0.1:${bandwidth}/api/v2`;
    const api = new CallsApi(
      new Configuration({ basePath, username: 'sandbox-user', password: 'sandbox-password' }),
    );
    expect((await api.listCalls('9900000')).status).toBe(200);
  });

  it('has neither explorer nor console nor introspection', async () => {
    const { url } = server;
    const page = await fetch(url, { headers: { accept: 'text/html' } });
    expect(await page.text()).not.toContain('<html');
    expect((await fetch(new URL('/console', url))).status).toBe(404);
    expect((await post(url, '{ __schema { types { name } } }')).errors).toHaveLength(1);
  });

  it('serves requests after SIGTERM until load balancers have noticed that it is not ready', async () => {
    const readyz = new URL('/readyz', server.url);
    expect(await (await fetch(readyz)).json()).toMatchObject({ ready: true });
    server.process.kill('SIGTERM');
    await expect.poll(async () => (await fetch(readyz)).status).toBe(503);
    const response = await fetch(server.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ calls(first: 1) { nodes { id } } }' }),
    });
    expect(response.headers.get('connection')).toBe('close');
    expect(await response.json()).toMatchObject({ data: { calls: { nodes: [{}] } } });
    // The second signal ends the delay.
    expect(await server.stop()).toBe(0);
  });
});

describe('the process', () => {
  afterEach(killServers);

  it('places a call to its end, however many signals it gets', async () => {
    const carrier = await startBandwidth({ latency: 300 });
    const account = { key: 'main', provider: 'bandwidth', ...bandwidthSettings(carrier) };
    const server = await runServer({ file: { accounts: [account] } });
    const query =
      'mutation ($input: CreateCallInput!) { createCall(input: $input) { call { id } userErrors { code } } }';
    const placed = post(server.url, query, createVariables('main'));
    await expect.poll(() => carrier.journal.some(({ method }) => method === 'POST')).toBe(true);
    for (const signal of ['SIGTERM', 'SIGTERM', 'SIGINT'] as const) server.process.kill(signal);
    expect(await placed).toMatchObject({ data: { createCall: { call: {}, userErrors: [] } } });
    expect(await server.ended).toBe(0);
    await carrier.close();
  });

  it('ends with an error before it listens, naming every problem at once', async () => {
    const file = 'accounts: [{ key: A, provider: nobody }]\nlimits: { readDeadline: soon }\nmore: 1\n';
    const server = await runServer({ file, env: { PORT: 'x' } });
    expect(await server.ended).toBeGreaterThan(0);
    for (const name of ['accounts[0].key', 'limits.readDeadline', 'more', 'PORT']) {
      expect(server.output()).toContain(name);
    }
    expect(server.output()).not.toContain('/graphql');
  });

  it('refuses to be reachable by others without access rules', async () => {
    const server = await runServer({ env: { HOST: '0.0.0.0' } });
    expect(await server.ended).toBeGreaterThan(0);
    expect(server.output()).toContain('HOST');
  });

  it('says that its address is not to be had, and ends', async () => {
    // TEST-NET-1 (RFC 5737), which no machine has.
    const server = await runServer({ file: open, env: { HOST: '192.0.2.1' } });
    expect(await server.ended).toBe(1);
    expect(server.output()).toBe(
      'Cannot listen on 192.0.2.1:0: the address is not one of this machine (EADDRNOTAVAIL).\n',
    );
  });

  it('says which carrier cannot have its port, and ends', async () => {
    const taken = await startBandwidth();
    const { port } = new URL(taken.baseUrl);
    const server = await runServer({ file: { sandboxPorts: { connect: Number(port) } } });
    expect(await server.ended).toBe(1);
    expect(server.output()).toBe(
      `The sandbox cannot listen on port ${port} (sandboxPorts.connect): the port is in use (EADDRINUSE).\n`,
    );
    await taken.close();
  });

  it('refuses the sandbox in production before it listens, unless it is asked for', async () => {
    const server = await runServer({ env: { NODE_ENV: 'production' } });
    expect(await server.ended).toBe(2);
    expect(server.output()).toMatch(/^sandbox: must be `true`/m);
    expect(server.output()).not.toContain('http://');
  });
});
