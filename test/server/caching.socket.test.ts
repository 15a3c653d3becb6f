import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registry } from '../../src/adapters/registry.ts';
import { type Config, readConfig } from '../../src/config/config.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { createServer, type Server } from '../../src/server/create-server.ts';

const key = 'k'.repeat(64);
const sha256 = createHash('sha256').update(key).digest('hex');
const access = { keys: [{ name: 'someone', sha256, may: ['read'] }] };
const cors = { origins: ['https://app.example'] };

let sandbox: Sandbox;
let guarded: { server: Server; url: string };
let open: { server: Server; url: string };
let localOnly: { server: Server; url: string };

async function start(file: object, changes: Partial<Config> = {}) {
  const all = { accounts: sandbox.accounts, ...file };
  const config = readConfig(registry, all, { LOG_LEVEL: 'silent' });
  const server = await createServer({ ...config, ...changes });
  return { server, url: await server.app.listen({ host: '127.0.0.1', port: 0 }) };
}

beforeAll(async () => {
  sandbox = await startSandbox({ calls: 0, seed: 1 });
  guarded = await start({ access, cors });
  open = await start({});
  localOnly = await start({}, { localOnly: true });
});
afterAll(async () => {
  await Promise.all([guarded, open, localOnly].map(({ server }) => server.close()));
  await sandbox.close();
});

const json = { 'content-type': 'application/json', 'x-api-key': key };

function post(body: string, headers: Record<string, string> = json): RequestInit {
  return { method: 'POST', headers, body };
}

function ask(query: string): RequestInit {
  return post(JSON.stringify({ query }));
}

/** Status and what caches are told. */
async function told(url: string, init: RequestInit = {}) {
  const response = await fetch(url, { redirect: 'manual', ...init });
  await response.arrayBuffer();
  const { headers, status } = response;
  return { status, cacheControl: headers.get('cache-control'), vary: headers.get('vary') };
}

const byAll = 'Accept, Accept-Encoding, Origin, Authorization, X-API-Key';
const query = encodeURIComponent('{ __typename }');
const tooDeep = `{ ${'accounts { calls { nodes { account { '.repeat(20)}id${' } } } }'.repeat(20)} }`;

describe('no cache may keep', () => {
  it.each<[string, string, RequestInit, number]>([
    ['an answer to a GET', `/graphql?query=${query}`, { headers: json }, 200],
    ['an answer with an error', '/graphql', ask('{ call(id: "x") { id } }'), 200],
    ['a refusal of a document', '/graphql', ask('{ nothing }'), 200],
    ['a refusal of what costs too much', '/graphql', ask(tooDeep), 200],
    [
      'a refusal of a stranger',
      '/graphql',
      post('{"query":"{ __typename }"}', { ...json, 'x-api-key': 'x' }),
      401,
    ],
    ['a refusal of HEAD', '/graphql', { method: 'HEAD', headers: json }, 405],
  ])('%s, which goes by all that it depends on', async (_, path, init, status) => {
    const given = await told(guarded.url + path, init);
    expect(given).toEqual({ status, cacheControl: 'no-store', vary: byAll });
  });

  it('an answer of Apollo Server, or the same one when it takes the fast lane', async () => {
    const once = ask('query Twice { accounts { key } }');
    for (let i = 0; i < 3; i += 1) {
      expect(await told(`${guarded.url}/graphql`, once)).toEqual({
        status: 200,
        cacheControl: 'no-store',
        vary: byAll,
      });
    }
  });

  it.each<[string, string, RequestInit, number]>([
    ['a body that is no JSON', '/graphql', post('{'), 400],
    ['a body of another type', '/graphql', post('x', { 'content-type': 'text/x' }), 415],
    ['a body that is too large', '/graphql', post('x'.repeat(600_000)), 413],
    ['a method that there is not', '/graphql', { method: 'DELETE' }, 405],
    ['a path where nothing is', '/nothing', {}, 404],
    ['a path that cannot be decoded', '/%', {}, 404],
    ['health', '/healthz', {}, 200],
    ['readiness', '/readyz', {}, 200],
    ['the SDL', '/graphql/schema.graphql', { headers: json }, 200],
    ['the SDL refused', '/graphql/schema.graphql', {}, 401],
    ['a preflight', '/graphql', preflight(), 204],
    ['where the page is', '/', { headers: { accept: 'text/html' } }, 302],
  ])('what is said of %s', async (_, path, init, status) => {
    expect(await told(guarded.url + path, init)).toMatchObject({ status, cacheControl: 'no-store' });
  });

  it('that a request came under a name that is not this machine’s', async () => {
    const { statusCode, headers } = await localOnly.server.app.inject({
      url: '/healthz',
      headers: { host: 'x' },
    });
    expect([statusCode, headers['cache-control']]).toEqual([421, 'no-store']);
  });

  it('that something was no HTTP', async () => {
    const socket = connect(Number(new URL(open.url).port), '127.0.0.1');
    let text = '';
    socket.on('data', (chunk) => (text += chunk)).end('nonsense\r\n\r\n');
    await once(socket, 'close');
    expect(text).toMatch(/^HTTP\/1\.1 400 .*\r\nCache-Control: no-store\r\n/s);
  });
});

describe('an answer depends', () => {
  it('on no credentials and no origin where nobody asks for them', async () => {
    expect(await told(`${open.url}/graphql`, ask('{ __typename }'))).toMatchObject({
      vary: 'Accept, Accept-Encoding',
    });
  });

  it('on nothing where it is the same for everybody', async () => {
    for (const path of ['/healthz', '/nothing']) expect((await told(open.url + path)).vary).toBeNull();
  });
});

describe('files of the explorer', () => {
  it('keep their own caching, and what they depend on', async () => {
    const page = await fetch(`${guarded.url}/graphql`, { headers: { accept: 'text/html' } });
    expect(page.headers.get('cache-control')).toBe('no-cache');
    expect(page.headers.get('vary')).toBe('accept, accept-encoding, origin');
    const asset = /\/explorer\/(assets\/[^"]+\.js)/.exec(await page.text())?.[0] ?? 'no asset';
    expect(await told(guarded.url + asset)).toEqual({
      status: 200,
      cacheControl: 'public, max-age=31536000, immutable',
      vary: 'accept-encoding, origin',
    });
    expect(await told(open.url + asset)).toMatchObject({ vary: 'accept-encoding' });
  });
});

function preflight(): RequestInit {
  const [origin = ''] = cors.origins;
  return { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } };
}
