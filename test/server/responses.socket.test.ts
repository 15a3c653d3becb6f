import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Product, startProduct } from '../support/product.ts';

const origin = 'https://app.example';
const list = '{ calls(first: 30) { nodes { id from to createdAt account { name } } } }';

let product: Product;
let plain: Product;
beforeAll(async () => {
  const cors = { origins: [origin], credentials: true, maxAge: '20m' };
  product = await startProduct({ sandbox: 12, file: { cors, serverTiming: true } });
  plain = await startProduct({ sandbox: 12, file: { compress: false } });
});
afterAll(() => Promise.all([product.close(), plain.close()]));

async function ask(query: string, headers: Record<string, string>, { url } = product) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  return { headers: response.headers, status: response.status, body: await response.text() };
}

describe('a long response', () => {
  it.each([
    ['gzip, deflate, br', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0.1, gzip', 'gzip'],
    ['br;q=0, *', 'gzip'],
    ['*', 'br'],
    ['deflate', null],
    ['identity, br;q=0.5', null],
  ])('is compressed as the client prefers: %s', async (accepted, encoding) => {
    const { headers, body } = await ask(list, { 'accept-encoding': accepted });
    const whole = await ask(list, { 'accept-encoding': 'identity' });
    expect(headers.get('content-encoding')).toBe(encoding);
    expect(headers.get('vary')).toContain('Accept-Encoding');
    expect(body).toBe(whole.body);
    const length = Number(headers.get('content-length'));
    if (encoding !== null) expect(length).toBeLessThan(body.length / 2);
    else expect(length).toBe(Buffer.byteLength(body));
  });

  it('is not compressed with `compress: false`, and does not vary by what the client takes', async () => {
    const { headers } = await ask(list, { 'accept-encoding': 'br' }, plain);
    expect([headers.get('content-encoding'), headers.get('vary')]).toEqual([null, 'Accept']);
  });

  it('is the SDL too', async () => {
    const response = await fetch(`${product.url}/schema.graphql`, { headers: { 'accept-encoding': 'gzip' } });
    expect(response.headers.get('content-encoding')).toBe('gzip');
    expect(await response.text()).toContain('type Call ');
  });
});

describe('not compressed', () => {
  it('is a short response', async () => {
    const { headers } = await ask('{ accounts { key } }', { 'accept-encoding': 'br' });
    expect(headers.get('content-encoding')).toBeNull();
  });

  it('is a stream of events', async () => {
    const aborting = new AbortController();
    const url = `${product.url}?query=${encodeURIComponent('subscription { callEvents { cursor } }')}`;
    const headers = { accept: 'text/event-stream', 'accept-encoding': 'br' };
    const response = await fetch(url, { headers, signal: aborting.signal });
    expect([response.status, response.headers.get('content-encoding')]).toEqual([200, null]);
    aborting.abort();
    const ended = await ask(list, { accept: 'text/event-stream', 'accept-encoding': 'br' });
    expect(ended.body.length).toBeGreaterThan(2048);
    expect(ended.headers.get('content-encoding')).toBeNull();
  });
});

describe('the media type', () => {
  const bad = '{ nothing }';
  it.each([
    ['application/json;q=0.5, application/graphql-response+json', 'application/graphql-response+json', 400],
    ['application/graphql-response+json;q=0.5, application/json', 'application/json', 200],
    ['application/graphql-response+json;q=0, */*', 'application/json', 200],
    ['application/*;q=0.2, application/json;q=0', 'application/graphql-response+json', 400],
    ['*/*', 'application/json', 200],
  ])('is chosen by weights, and the status by it: %s', async (accept, type, status) => {
    const answer = await ask(bad, { accept });
    expect([answer.headers.get('content-type'), answer.status]).toEqual([`${type}; charset=utf-8`, status]);
  });

  it('is none that is not accepted', async () => {
    expect((await ask(bad, { accept: 'image/png' })).status).toBe(406);
  });
});

describe('Server-Timing', () => {
  it('tells what took how long, if it is asked for in the configuration', async () => {
    const { headers } = await ask(list, {});
    expect(headers.get('server-timing')).toMatch(
      /^parse;dur=[\d.]+, execute;dur=[\d.]+, provider;dur=[\d.]+, total;dur=[\d.]+$/,
    );
    // What is refused is not executed.
    expect((await ask('{ nothing }', {})).headers.get('server-timing')).toMatch(/^total;dur=[\d.]+$/);
    expect((await ask(list, {}, plain)).headers.get('server-timing')).toBeNull();
  });
});

describe('CORS', () => {
  it('lets pages of its origins send credentials, after a preflight for twenty minutes', async () => {
    const preflight = { origin, 'access-control-request-method': 'POST' };
    const { headers } = await fetch(product.url, { method: 'OPTIONS', headers: preflight });
    expect(headers.get('access-control-allow-origin')).toBe(origin);
    expect(headers.get('access-control-allow-credentials')).toBe('true');
    expect(headers.get('access-control-max-age')).toBe('1200');
    const answer = await ask(list, { origin });
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
    expect(answer.headers.get('access-control-expose-headers')).toContain('Server-Timing');
  });

  it('lets no other page', async () => {
    const { headers } = await ask(list, { origin: 'https://other.example' });
    expect(headers.get('access-control-allow-origin')).not.toBe('https://other.example');
    expect(headers.get('access-control-allow-origin')).not.toBe('*');
  });
});
