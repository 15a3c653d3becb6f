import { describe, it } from 'vitest';
import { pause } from '../support/eventually.ts';
import { guard } from '../support/guard.ts';
import { createVariables } from '../support/new-call.ts';
import { type Product, withProduct } from '../support/product.ts';
import { writesIn } from '../support/writes-in.ts';

guard();

interface Payload {
  readonly createCall: {
    readonly call: { readonly id: string } | null;
    readonly replayed: boolean;
    readonly userErrors: readonly { readonly code: string; readonly message: string }[];
  };
}

const query = `mutation ($input: CreateCallInput!) {
  createCall(input: $input) { userErrors { code message retryAfter } replayed call { id } }
}`;

async function create({ ask }: Product, account: string, key?: string) {
  return (await ask<Payload>(query, createVariables(account, { idempotencyKey: key }))).data.createCall;
}

const sentAt = (product: Product, account: 'bandwidth' | 'connect') =>
  writesIn(product.carrierOf(account).journal).length;

const soon = { connectTimeout: '500ms', headersTimeout: '500ms', readDeadline: '500ms' };

describe.concurrent('a call whose turn does not come in time', () => {
  it.for(['bandwidth', 'connect'] as const)(
    'at %s is said not to be placed, and its key is free',
    async (account, { expect }) =>
      withProduct({ limits: { ...soon, callsPerSecond: 0.5 } }, async (product) => {
        expect((await create(product, account, 'first')).userErrors).toEqual([]);
        for (const key of ['second', undefined]) {
          expect((await create(product, account, key)).userErrors).toEqual([
            {
              code: 'RATE_LIMITED',
              message: expect.stringMatching(/ was not asked, so nothing was done: /),
              retryAfter: 5,
            },
          ]);
          expect(sentAt(product, account)).toBe(1);
        }
        await pause(1_000);
        const again = await create(product, account, 'second');
        expect([again.replayed, again.userErrors]).toEqual([false, []]);
        expect(sentAt(product, account)).toBe(2);
      }),
  );
});
