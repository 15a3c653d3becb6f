import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { consolePage } from '../../src/console/console.ts';
import { explorer } from '../../src/explorer/explorer.ts';

const server = { sandbox: true, needsKey: false };

let folder: string;
let app: FastifyInstance;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'console-'));
  await mkdir(join(folder, 'page', 'assets'), { recursive: true });
  await writeFile(join(folder, 'secret.txt'), 'secret');
  await writeFile(join(folder, 'page', 'console.html'), '<!doctype html>\n<html lang="en">');
  await writeFile(join(folder, 'page', 'index.html'), 'explorer');
  await writeFile(join(folder, 'page', 'assets', 'main-1a2b.js'), 'main');
  await writeFile(join(folder, 'page', 'assets', 'main-1a2b.js.br'), 'brotli');
  app = Fastify();
  await app.register(consolePage, { folder: join(folder, 'page'), server });
});

afterEach(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});

describe('the console', () => {
  test('is a page that knows its server, under a policy without inline scripts and styles', async () => {
    const { statusCode, headers, body } = await app.inject('/console');
    expect(statusCode).toBe(200);
    expect(body).toContain('<html data-sandbox="true" data-needs-key="false" lang="en">');
    expect(headers).toMatchObject({ 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff' });
    expect(headers['content-security-policy']).toMatch(/script-src 'self'; style-src 'self';/);
    expect(headers['content-security-policy']).not.toContain('unsafe');
  });

  test('has files that may be kept for good, compressed at build time', async () => {
    const accepting = { 'accept-encoding': 'br' };
    const { headers, body } = await app.inject({ url: '/console/assets/main-1a2b.js', headers: accepting });
    expect([headers['content-encoding'], body]).toEqual(['br', 'brotli']);
    expect(headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'accept-encoding',
    });
    expect(headers['content-security-policy']).toContain("default-src 'none'");
  });

  test.each(['/console/../secret.txt', '/console/assets/..%2f..%2fsecret.txt', '/console/index.html'])(
    'leads to no other file: %s',
    async (url) => {
      expect((await app.inject(url)).statusCode).toBe(404);
    },
  );

  test('is also at its address with a slash', async () => {
    const { statusCode, headers } = await app.inject('/console/');
    expect([statusCode, headers.location]).toEqual([302, '/console']);
  });

  test('stands beside the explorer', async () => {
    const both = Fastify();
    await both.register(explorer, { endpoint: '/graphql', folder: join(folder, 'page'), server });
    await both.register(consolePage, { folder: join(folder, 'page'), server });
    both.get('/graphql', async () => 'from GraphQL');
    const page = await both.inject({ url: '/graphql', headers: { accept: 'text/html' } });
    expect(page.body).toBe('explorer');
    expect((await both.inject('/console')).statusCode).toBe(200);
    await both.close();
  });

  test('says how to build it where it is missing', async () => {
    const bare = Fastify();
    await bare.register(consolePage, { folder: join(folder, 'nothing'), server });
    const { statusCode, body } = await bare.inject('/console');
    expect(statusCode).toBe(503);
    expect(body).toContain('vite build');
    await bare.close();
  });
});
