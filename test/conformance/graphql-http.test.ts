import { auditServer, serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Product, startProduct } from '../support/product.ts';

let product: Product;
beforeAll(async () => {
  product = await startProduct({ sandbox: 0 });
});
afterAll(() => product.close());

describe('GraphQL over HTTP', () => {
  for (const { id, name } of serverAudits({ url: 'http://127.0.0.1' })) {
    it(`${id}: ${name}`, async () => {
      const audit = serverAudits({ url: product.url }).find((each) => each.id === id);
      const result = await audit?.fn();
      expect(result?.status).toMatch(/ok|notice/);
    });
  }

  it('has no error, no warning, and three notices', async () => {
    const results = await auditServer({ url: product.url });
    const count = (status: string) => results.filter((each) => each.status === status).length;
    expect({ error: count('error'), warn: count('warn'), notice: count('notice') }).toEqual({
      error: 0,
      warn: 0,
      notice: 3,
    });
  });
});
