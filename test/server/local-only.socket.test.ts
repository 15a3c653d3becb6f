import { afterAll, beforeAll, expect, it } from 'vitest';
import { registry } from '../../src/adapters/registry.ts';
import { readConfig } from '../../src/config/config.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { createServer, type Server } from '../../src/server/create-server.ts';

let sandbox: Sandbox;
let closed: Server;
let open: Server;

beforeAll(async () => {
  sandbox = await startSandbox({ calls: 0, seed: 1 });
  const config = readConfig(registry, { accounts: sandbox.accounts }, { LOG_LEVEL: 'silent' });
  closed = await createServer({ ...config, localOnly: true });
  open = await createServer({ ...config, localOnly: false });
});
afterAll(async () => {
  await Promise.all([closed.close(), open.close()]);
  await sandbox.close();
});

async function ask({ app }: Server, host: string, url = '/graphql') {
  const payload = { query: '{ accounts { id } }' };
  const { statusCode, body } = await app.inject({ method: 'POST', url, headers: { host }, payload });
  return { statusCode, body };
}

it.each(['localhost', 'LOCALHOST:4000', '127.0.0.1:4000', '127.8.9.1', '[::1]:4000', '[::1]'])(
  'without rules of access, %s is answered',
  async (host) => {
    expect(await ask(closed, host)).toMatchObject({ statusCode: 200 });
  },
);

it.each([
  'evil.example',
  'evil.example:4000',
  'localhost.evil.example',
  'evil.example:localhost',
  '127.0.0.1.evil.example:4000',
  'localhost@evil.example',
  '0.0.0.0:4000',
  '[::2]:4000',
  ':4000',
])('without rules of access, a page of %s has nothing done', async (host) => {
  for (const url of ['/graphql', '/explorer/', '/healthz', '/nothing']) {
    const { statusCode, body } = await ask(closed, host, url);
    expect(statusCode).toBe(421);
    expect(JSON.parse(body).errors).toEqual([
      {
        message: expect.stringContaining('`access`'),
        extensions: { code: 'BAD_REQUEST', requestId: expect.any(String) },
      },
    ]);
  }
});

it('with rules of access, or where all may ask, it answers under any name', async () => {
  expect(await ask(open, 'calls.example.com')).toMatchObject({ statusCode: 200 });
});
