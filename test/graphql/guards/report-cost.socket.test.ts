import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountId } from '../../support/client-ids.ts';
import { send } from '../../support/post.ts';
import { type Product, startProduct } from '../../support/product.ts';

const origin = 'https://app.example.com';
let product: Product;

beforeAll(async () => {
  const file = { cors: { origins: [origin] }, cost: { pointsPerMinute: 1_000 } };
  product = await startProduct({ file });
});
afterAll(() => product.close());

const list = 'query ($ids: [ID!]) { calls(first: 2, accountIds: $ids) { nodes { id } } }';
const asked = { 'x-calls-cost': '1' };

async function extensionsOf(query: string, headers: Record<string, string> = asked) {
  const { text } = await product.ask(query, { ids: [accountId('bandwidth')] }, headers);
  return JSON.parse(text).extensions;
}

describe('the cost of an operation', () => {
  it('is told where it is asked for, by Apollo Server and by the fast lane', async () => {
    const cost = {
      points: expect.any(Number),
      requests: expect.any(Number),
      rows: expect.any(Number),
      milliseconds: expect.any(Number),
      remaining: { milliseconds: expect.any(Number) },
    };
    for (const _ of [1, 2, 3]) {
      const extensions = await extensionsOf(list);
      expect(extensions).toEqual({ cost });
      const { points, requests, rows, milliseconds, remaining } = extensions.cost;
      expect(points).toBeGreaterThan(requests);
      expect(rows).toBeGreaterThanOrEqual(0);
      expect(milliseconds + remaining.milliseconds).toBeGreaterThan(3_900);
      expect(milliseconds + remaining.milliseconds).toBeLessThanOrEqual(4_001);
    }
  });

  it('counts the requests that the provider has received, and the rows that it has sent', async () => {
    const ids = [accountId('connect')];
    for (let i = 0; i < 5; i += 1) product.connect.add({ status: 'completed' });
    product.connect.journal.clear();
    const { text } = await product.ask(list.replace('first: 2', 'first: 4'), { ids }, asked);
    const { cost } = JSON.parse(text).extensions;
    expect(cost.requests).toBe(product.connect.journal.length);
    expect(cost.requests).toBeGreaterThan(0);
    expect(cost.rows).toBeGreaterThanOrEqual(4);
  });

  it.each([
    ['a failure', '{ call(id: "x") { id } }', 2],
    ['an invalid document', '{ nothing }', 2],
  ])('is told with %s', async (_, query, points) => {
    for (const __ of [1, 2, 3]) {
      const { cost } = await extensionsOf(query);
      expect(cost).toMatchObject({ requests: 0, rows: 0 });
      expect(cost.points).toBeLessThanOrEqual(points);
    }
  });

  it.each([{}, { 'x-calls-cost': '0' }])('is not told otherwise: %j', async (headers) => {
    expect(await extensionsOf(list, headers)).toBeUndefined();
  });

  it('may be asked for by the pages of another origin', async () => {
    const { headers } = await send(product.url, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type,x-calls-cost',
      },
    });
    expect(headers['access-control-allow-headers']).toContain('x-calls-cost');
  });
});
