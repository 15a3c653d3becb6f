import { afterEach, expect, it, onTestFinished } from 'vitest';
import { type Product, startProduct } from '../support/product.ts';

let product: Product;
afterEach(() => product.close());

it('a cursor that one account takes and another refuses leaves no rejection to nobody', async () => {
  const unheard: unknown[] = [];
  const note = (reason: unknown) => unheard.push(reason);
  process.on('unhandledRejection', note);
  onTestFinished(() => void process.off('unhandledRejection', note));
  product = await startProduct({ sandbox: 30 });
  const query = (n: number) =>
    `query Q${n}($after: String) { accounts { calls(first: 2, after: $after) { pageInfo { endCursor } } } }`;
  interface Data {
    readonly accounts: readonly { readonly calls: { readonly pageInfo: { readonly endCursor: string } } }[];
  }
  const { data } = await product.ask<Data>(query(1));
  for (const { faults } of [product.bandwidth, product.connect, product.sbc]) {
    faults.add({ do: { kind: 'status', status: 500 } });
  }
  const [first] = data.accounts;
  const answer = await product.ask(query(2), { after: first?.calls.pageInfo.endCursor });
  expect(answer.errors.length).toBeGreaterThan(0);
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  expect(unheard).toEqual([]);
});
