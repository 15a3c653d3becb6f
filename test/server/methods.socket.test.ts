import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Product, startProduct } from '../support/product.ts';

const origin = 'https://app.example';
const preflight = { origin, 'access-control-request-method': 'POST' };

let product: Product;
beforeAll(async () => {
  product = await startProduct({ sandbox: 0, file: { cors: { origins: [origin] } } });
});
afterAll(() => product.close());

describe('a method that the endpoint does not take', () => {
  it.each(['PUT', 'PATCH', 'DELETE'])('%s is told which it takes', async (method) => {
    const response = await fetch(`${product.url}?query={__typename}`, { method });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, POST']);
    const message = 'Operations are sent by POST, queries by GET too.';
    expect(await response.json()).toEqual({
      errors: [{ message, extensions: { code: 'BAD_REQUEST', requestId: expect.any(String) } }],
    });
  });

  it('is nothing special where there is nothing', async () => {
    const response = await fetch(`${product.url}/x`, { method: 'PUT' });
    expect([response.status, response.headers.get('allow')]).toEqual([404, null]);
  });

  it('OPTIONS is answered all the same before a page that may ask does so', async () => {
    const { status, headers } = await fetch(product.url, { method: 'OPTIONS', headers: preflight });
    expect([status, headers.get('access-control-allow-origin')]).toEqual([204, origin]);
    expect(headers.get('access-control-allow-methods')).toContain('POST');
  });
});

it('HEAD is refused by Apollo Server with the same methods', async () => {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(product.url, { method: 'HEAD', headers });
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, POST']);
});
