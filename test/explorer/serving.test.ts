import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify, { type FastifyInstance, type InjectOptions } from 'fastify';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { explorer } from '../../src/explorer/explorer.ts';

const server = { sandbox: true, needsKey: false };

let folder: string;
let app: FastifyInstance;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'explorer-'));
  await mkdir(join(folder, 'page', 'assets'), { recursive: true });
  await writeFile(join(folder, 'secret.txt'), 'secret');
  await writeFile(join(folder, 'page', 'index.html'), '<title>page</title>');
  await writeFile(join(folder, 'page', 'assets', 'main-1a2b.js'), 'main');
  await writeFile(join(folder, 'page', 'assets', 'main-1a2b.js.br'), 'brotli');
  await writeFile(join(folder, 'page', 'assets', 'main-1a2b.js.gz'), 'gzip');
  await writeFile(join(folder, 'page', 'index.html.br'), 'page, brotli');
  app = await serve(join(folder, 'page'));
});

afterEach(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});

async function serve(page: string): Promise<FastifyInstance> {
  const instance = Fastify();
  await instance.register(explorer, { endpoint: '/graphql', folder: page, server });
  instance.route({
    url: '/graphql',
    method: ['GET', 'POST', 'OPTIONS'],
    handler: async () => 'from GraphQL',
  });
  instance.get('/other', async () => 'other');
  return instance;
}

/** Asks as a browser does when a person opens an address. */
function open(url: string, more: InjectOptions = {}) {
  return app.inject({ method: 'GET', url, headers: { accept: 'text/html,*/*;q=0.8' }, ...more });
}

describe('the endpoint', () => {
  test('shows the page to a browser', async () => {
    const { statusCode, headers, body } = await open('/graphql?tab=1');
    expect([statusCode, body]).toEqual([200, '<title>page</title>']);
    expect(headers['content-type']).toMatch(/^text\/html; charset=utf-8$/i);
    expect(headers['cache-control']).toBe('no-cache');
    expect(headers.vary).toBe('accept, accept-encoding');
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self'; /);
  });

  test.each([
    ['a GET query, whoever sends it', '/graphql?query=%7Ba%7D', {}],
    ['a POST', '/graphql', { method: 'POST' }],
    ['a client that takes anything', '/graphql', { headers: { accept: '*/*' } }],
    ['a client that wants JSON', '/graphql', { headers: { accept: 'application/json' } }],
    ['a client that does not say', '/graphql', { headers: {} }],
  ] satisfies [string, string, InjectOptions][])('stays with GraphQL for %s', async (_, url, request) => {
    expect((await open(url, request)).body).toBe('from GraphQL');
  });

  test.each(['/', '/graphql/', '/?tab=1'])('is where %s leads a browser', async (url) => {
    const { statusCode, headers } = await open(url);
    expect([statusCode, headers.location, headers.vary]).toEqual([302, '/graphql', 'accept']);
    expect((await open(url, { headers: { accept: 'application/json' } })).statusCode).toBe(404);
  });

  test.each(['/', '/graphql/'])('is where %s leads a client that takes anything', async (url) => {
    for (const accept of ['*/*', 'text/*', 'application/json, */*;q=0.1', undefined]) {
      const { statusCode, headers } = await open(url, { headers: accept === undefined ? {} : { accept } });
      expect([statusCode, headers.location, headers.vary]).toEqual([302, '/graphql', 'accept']);
    }
    const refused = await open(url, { headers: { accept: 'application/json' } });
    expect([refused.statusCode, refused.headers.vary]).toEqual([404, 'accept']);
  });

  test('leaves other addresses alone', async () => {
    expect((await open('/other')).body).toBe('other');
    expect((await open('/nowhere')).statusCode).toBe(404);
  });

  test('says how to build the page where it is missing, and answers queries all the same', async () => {
    await app.close();
    app = await serve(join(folder, 'nothing'));
    const { statusCode, body } = await open('/graphql');
    expect(statusCode).toBe(503);
    expect(body).toContain('vite build');
    expect((await open('/graphql', { method: 'POST' })).body).toBe('from GraphQL');
  });
});

describe('the files', () => {
  test('may be kept for good where their name has a hash', async () => {
    const { headers, body } = await open('/explorer/assets/main-1a2b.js');
    expect(body).toBe('main');
    expect(headers['content-type']).toMatch(/^(text|application)\/javascript; charset=utf-8$/i);
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect((await open('/explorer/index.html')).headers['cache-control']).toBe('no-cache');
  });

  test.each([
    ['br', 'gzip, deflate, br', 'brotli'],
    ['gzip', 'gzip, deflate', 'gzip'],
    [undefined, 'identity', 'main'],
    [undefined, 'br;q=0', 'main'],
  ])('come as the build compressed them: %s for %s', async (encoding, accepted, content) => {
    const asked = { headers: { 'accept-encoding': accepted } };
    const { headers, body } = await open('/explorer/assets/main-1a2b.js', asked);
    expect([headers['content-encoding'], body]).toEqual([encoding, content]);
    expect(headers.vary).toBe('accept-encoding');
    expect(headers['content-type']).toMatch(/javascript/);
  });

  test('compress the page itself, too', async () => {
    const headers = { accept: 'text/html', 'accept-encoding': 'br' };
    const answer = await open('/graphql', { headers });
    expect([answer.headers['content-encoding'], answer.body]).toEqual(['br', 'page, brotli']);
  });

  test('tell the page what kind of server it is at, and may not be kept', async () => {
    const { headers, body } = await open('/explorer/server.json');
    expect(JSON.parse(body)).toEqual(server);
    expect(headers['cache-control']).toBe('no-store');
  });

  test('carry the policy, which workers take from their script', async () => {
    const { headers } = await open('/explorer/assets/main-1a2b.js');
    expect(headers['content-security-policy']).toContain("connect-src 'self'");
  });

  test.each([
    '/explorer/../secret.txt',
    '/explorer/..%2fsecret.txt',
    '/explorer/%2e%2e%2fsecret.txt',
    '/explorer/assets/..%5c..%5csecret.txt',
    '/explorer/assets/../index.html%00',
    '/explorer/assets/',
    '/explorer/',
  ])('are those of the page alone, not %s', async (url) => {
    expect((await open(url)).statusCode).toBe(404);
  });
});
