import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type ProductOptions, startProduct } from '../support/product.ts';

const dist = fileURLToPath(new URL('../../dist/', import.meta.url));
const key = 'a-key-of-this-test';
const rules = {
  keys: [
    {
      name: 'reader',
      sha256: createHash('sha256').update(key).digest('hex'),
      accounts: ['bandwidth-sandbox'],
      may: ['read'],
    },
  ],
};
const authorized = { authorization: `Bearer ${key}` };

async function start(file: ProductOptions['file'] = {}, env: ProductOptions['env'] = {}) {
  const product = await startProduct({ sandbox: 0, file, env });
  onTestFinished(() => product.close());
  const read = async (init: RequestInit = {}) => {
    const response = await fetch(`${product.url}/schema.graphql`, init);
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  return { ...product, read };
}

function errorIn(text: string) {
  const { errors } = JSON.parse(text) as { errors: { message: string; extensions: { code: string } }[] };
  return { ...errors[0]?.extensions, message: errors[0]?.message };
}

describe('the SDL that is served', () => {
  it('is the text that the build writes', async () => {
    execFileSync(process.execPath, ['graphql/write-sdl.js'], { cwd: dist });
    const { read } = await start();
    const { status, headers, text } = await read();
    expect(text).toBe(readFileSync(`${dist}schema.graphql`, 'utf8'));
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('has every type in one piece', async () => {
    const { read } = await start();
    const { text } = await read();
    expect(text).toContain('union CallDetails = ');
    expect(text).toContain('bandwidth: BandwidthRedirectInput');
    expect(text).not.toMatch(/^\s*extend /m);
  });

  it('answers HEAD without a body', async () => {
    const { read } = await start();
    const { status, headers, text } = await read({ method: 'HEAD' });
    expect([status, headers.get('content-type'), text]).toEqual([200, 'text/plain; charset=utf-8', '']);
  });
});

describe('where introspection is off', () => {
  it.each([
    ['by the setting', { introspection: false }, {}],
    ['in production', {}, { NODE_ENV: 'production' }],
  ])('%s, the SDL is not found, and the answer names the setting', async (_, file, env) => {
    const { read } = await start(file, env);
    const { status, text } = await read();
    expect(status).toBe(404);
    expect(errorIn(text)).toMatchObject({ code: 'NOT_FOUND' });
    expect(errorIn(text).message).toContain('`introspection: true`');
  });

  it('an introspection query is told the setting, the first time and again', async () => {
    const { ask } = await start({ introspection: false });
    for (const query of ['{ __schema { queryType { name } } }', '{ __type(name: "Call") { name } }']) {
      for (let times = 0; times < 3; times += 1) {
        const { data, errors } = await ask(query);
        expect(data).toBeUndefined();
        expect(errors).toEqual([
          {
            message: 'Introspection is off on this server. The setting `introspection: true` turns it on.',
            locations: [{ line: 1, column: 3 }],
            extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
          },
        ]);
      }
    }
  });
});

describe('with rules of access, the SDL', () => {
  it('is for callers who may introspect, and for no others', async () => {
    const { read, url } = await start({ access: rules });
    const body = JSON.stringify({ query: '{ __schema { queryType { name } } }' });
    const headers = { 'content-type': 'application/json' };
    const statuses: number[] = [];
    for (const credentials of [authorized, {}, { 'x-api-key': 'another' }]) {
      const introspected = await fetch(url, {
        method: 'POST',
        body,
        headers: { ...headers, ...credentials },
      });
      const { status, headers: answered } = await read({ headers: credentials });
      expect(status).toBe(introspected.status);
      statuses.push(status);
      expect(answered.get('www-authenticate')).toBe(introspected.headers.get('www-authenticate'));
    }
    expect(statuses).toEqual([200, 401, 401]);
    expect(errorIn((await read()).text).code).toBe('UNAUTHENTICATED');
  });

  it('says nothing of the setting to callers who are not known', async () => {
    const { read } = await start({ access: rules, introspection: false });
    expect((await read()).status).toBe(401);
    expect((await read({ headers: authorized })).status).toBe(404);
  });

  it('counts against the rate of the caller', async () => {
    const { read } = await start({ access: rules, cost: { pointsPerMinute: 2 } });
    const statuses: number[] = [];
    for (let times = 0; times < 3; times += 1) statuses.push((await read({ headers: authorized })).status);
    expect(statuses).toEqual([200, 200, 429]);
    const { headers, text } = await read({ headers: authorized });
    expect(headers.get('retry-after')).toMatch(/^\d+$/);
    expect(errorIn(text).code).toBe('RATE_LIMITED');
  });
});
