import { describe, it } from 'vitest';
import { accountId } from '../support/client-ids.ts';
import { guard } from '../support/guard.ts';
import { type Product, withProduct } from '../support/product.ts';

guard();

const list = 'query ($ids: [ID!]) { calls(accountIds: $ids) { nodes { id } unavailable { code } } }';
const health = '{ accounts { key health { state code since lastSuccess } } }';

interface Health {
  readonly state: string;
  readonly code: string | null;
  readonly since: string | null;
  readonly lastSuccess: string | null;
}

async function healthOf(product: Product, key: string): Promise<Health | undefined> {
  const { data } = await product.ask<{ accounts: { key: string; health: Health }[] }>(health);
  return data.accounts.find((account) => account.key === key)?.health;
}

async function readiness({ app }: Product): Promise<{ status: number; body: object }> {
  const response = await app.inject('/readyz');
  return { status: response.statusCode, body: response.json() };
}

describe.concurrent('the health of an account', () => {
  it('is unknown until a request is sent, and asking for it sends none', async ({ expect }) =>
    withProduct({}, async (product) => {
      expect(await healthOf(product, 'connect')).toEqual({
        state: 'UNKNOWN',
        code: null,
        since: null,
        lastSuccess: null,
      });
      expect(product.connect.journal).toEqual([]);
    }));

  it('shows in the graph and in /readyz, which stays ready, until requests succeed again', async ({
    expect,
  }) =>
    withProduct({}, async (product) => {
      const variables = { ids: [accountId('connect')] };
      product.connect.faults.add({ do: { kind: 'status', status: 503 } });
      for (let request = 0; request < 5; request += 1) await product.ask(list, variables);
      const failing = await healthOf(product, 'connect');
      expect(failing).toMatchObject({
        state: 'UNAVAILABLE',
        code: 'PROVIDER_UNAVAILABLE',
        lastSuccess: null,
      });
      const { status, body } = await readiness(product);
      expect(status).toBe(200);
      expect(body).toMatchObject({ ready: true });
      expect(body).toHaveProperty('accounts', [
        { key: 'bandwidth', state: 'ok' },
        { key: 'connect', state: 'degraded', code: 'PROVIDER_UNAVAILABLE', since: failing?.since },
        { key: 'connect-xml', state: 'ok' },
        { key: 'sbc', state: 'ok' },
      ]);
    }));

  it.for([
    ['refused credentials', { kind: 'status', status: 401 }, 'PROVIDER_UNAUTHENTICATED'],
    ['a reset connection', { kind: 'reset' }, 'PROVIDER_UNAVAILABLE'],
    ['a response that does not come', { kind: 'hang' }, 'PROVIDER_TIMEOUT'],
  ] as const)('tells %s', async ([, action, code], { expect }) =>
    withProduct({}, async (product) => {
      product.connect.faults.add({ do: action });
      await product.ask(list, { ids: [accountId('connect')] });
      expect(await healthOf(product, 'connect')).toMatchObject({ code });
    }),
  );

  it('is good again after one response', async ({ expect }) =>
    withProduct({}, async (product) => {
      const variables = { ids: [accountId('connect')] };
      const heal = product.connect.faults.add({ do: { kind: 'status', status: 500 } });
      await product.ask(list, variables);
      expect(await healthOf(product, 'connect')).toMatchObject({ state: 'DEGRADED' });
      heal();
      await product.ask(list, variables);
      expect(await healthOf(product, 'connect')).toMatchObject({ state: 'OK', code: null });
    }));

  it('is not touched by a request that the provider refuses', async ({ expect }) =>
    withProduct({}, async (product) => {
      const { data } = await product.ask<{ account: unknown }>(
        '{ accounts { key call(providerCallId: "CA00000000000000000000000000000000") { id } } }',
      );
      expect(data).toBeDefined();
      expect(await healthOf(product, 'connect')).toMatchObject({ state: 'OK' });
    }));
});
