import { describe, it } from 'vitest';
import type { FaultAction } from '../../src/sandbox/index.ts';
import { accountId, callId } from '../support/client-ids.ts';
import { pause } from '../support/eventually.ts';
import { guard } from '../support/guard.ts';
import { type AccountKey, type Product, withProduct } from '../support/product.ts';
import { writesIn } from '../support/writes-in.ts';

interface Listed {
  readonly calls: {
    readonly nodes: readonly { readonly providerCallId: string }[];
    readonly pageInfo: { readonly endCursor: string; readonly hasNextPage: boolean };
  };
}

guard();

interface Placed {
  readonly id: string | undefined;
  readonly replayed: boolean;
  readonly code: string | undefined;
}

const number = '+19195550123';

async function create(
  { ask }: Product,
  account: AccountKey,
  key?: string,
  tag = '',
  to = number,
): Promise<Placed> {
  const { data, code } = await ask<{
    createCall: { call: { providerCallId: string } | null; replayed: boolean };
  }>(
    `mutation ($input: CreateCallInput!) {
      createCall(input: $input) { userErrors { code } replayed call { providerCallId } }
    }`,
    {
      input: {
        accountId: accountId(account),
        from: '+19195550100',
        to,
        answerUrl: `https://example.com/answer${tag}`,
        idempotencyKey: key,
      },
    },
  );
  return { id: data.createCall.call?.providerCallId, replayed: data.createCall.replayed, code };
}

/** Spoils the POSTs whose answerUrl ends in this. */
function spoil(product: Product, account: AccountKey, tag: string, action: FaultAction): void {
  product.carrierOf(account).faults.add({
    when: ({ method, body }) => method === 'POST' && body.includes(`answer${tag}`),
    do: action,
  });
}

const sentAt = (product: Product, account: AccountKey) => writesIn(product.carrierOf(account).journal).length;
const idsAt = (product: Product, account: AccountKey) =>
  [...product.carrierOf(account).calls].map((call) => ('callId' in call ? call.callId : call.sid));
const patient = { limits: { headersTimeout: '2s', readDeadline: '3s' } };
const unknown = 'OUTCOME_UNKNOWN';
const placing = ['bandwidth', 'connect'] as const;

describe.concurrent('two keys that call the same number', () => {
  it.for(placing)('at %s have a call each', async (account, { expect }) =>
    withProduct(patient, async (product) => {
      const both = await Promise.all([create(product, account, 'a'), create(product, account, 'b')]);
      expect(both.map(({ id }) => id).sort()).toEqual(idsAt(product, account).sort());
      const again = await Promise.all([create(product, account, 'a'), create(product, account, 'b')]);
      expect(again).toEqual(both.map(({ id }) => ({ id, replayed: true, code: undefined })));
      expect(sentAt(product, account)).toBe(2);
    }),
  );

  it.for(placing)(
    'at %s: the one not placed does not take the call of one still under way',
    async (account, { expect }) =>
      withProduct(patient, async (product) => {
        spoil(product, account, 'A', { kind: 'reset' });
        spoil(product, account, 'B', { kind: 'latency', ms: 700 });
        const b = create(product, account, 'b', 'B');
        await pause(20);
        // Bandwidth lists a call that has left the queue.
        product.clock.advance(2_000);
        const a = await create(product, account, 'a', 'A');
        expect([a.code, (await b).code]).toEqual([unknown, undefined]);
        expect(idsAt(product, account)).toEqual([(await b).id]);
        expect(await create(product, account, 'b', 'B')).toEqual({ ...(await b), replayed: true });
        expect(sentAt(product, account)).toBe(2);
      }),
  );

  it.for(placing)(
    'at %s: of two without an answer, none takes the one call that there is',
    async (account, { expect }) =>
      withProduct(patient, async (product) => {
        spoil(product, account, 'A', { kind: 'reset' });
        spoil(product, account, 'B', { kind: 'reset-after-apply' });
        const both = [create(product, account, 'a', 'A'), create(product, account, 'b', 'B')];
        await pause(100);
        product.clock.advance(2_000);
        expect((await Promise.all(both)).map(({ code }) => code)).toEqual([unknown, unknown]);
        expect([sentAt(product, account), idsAt(product, account).length]).toEqual([2, 1]);
      }),
  );

  it.for(placing)(
    'at %s: one not placed does not take what was placed without a key',
    async (account, { expect }) =>
      withProduct(patient, async (product) => {
        spoil(product, account, 'A', { kind: 'reset' });
        spoil(product, account, 'B', { kind: 'reset-after-apply' });
        expect((await create(product, account, undefined, 'B')).code).toBe(unknown);
        product.clock.advance(2_000);
        expect((await create(product, account, 'a', 'A')).code).toBe(unknown);
        expect([sentAt(product, account), idsAt(product, account).length]).toEqual([2, 1]);
      }),
  );

  it('to a client on two devices: one not placed does not take the other device of one placed', async ({
    expect,
  }) =>
    withProduct({ ...patient, connect: { clients: { bob: 2 } } }, async (product) => {
      spoil(product, 'connect', 'A', { kind: 'reset' });
      const b = await create(product, 'connect', 'b', 'B', 'client:bob');
      const a = await create(product, 'connect', 'a', 'A', 'client:bob');
      expect([a.code, b.code]).toEqual([unknown, undefined]);
      expect([sentAt(product, 'connect'), idsAt(product, 'connect').length]).toEqual([2, 2]);
    }));

  it.for(placing)(
    'at %s: both placed, both without an answer, neither is guessed',
    async (account, { expect }) =>
      withProduct(patient, async (product) => {
        spoil(product, account, '', { kind: 'reset-after-apply' });
        const both = [create(product, account, 'a', 'A'), create(product, account, 'b', 'B')];
        await pause(500);
        product.clock.advance(2_000);
        expect((await Promise.all(both)).map(({ code }) => code)).toEqual([unknown, unknown]);
        expect([sentAt(product, account), idsAt(product, account).length]).toEqual([2, 2]);
      }),
  );
});

describe.concurrent('a hundred requests with one key', () => {
  it.for([
    ['bandwidth', { kind: 'latency', ms: 150 }],
    ['connect', { kind: 'latency', ms: 150 }],
    ['connect', { kind: 'reset-after-apply' }],
    ['sbc', { kind: 'half-body' }],
  ] as const)('at %s that meets %j place one call', async ([account, fault], { expect }) =>
    withProduct(patient, async (product) => {
      spoil(product, account, '', fault);
      const concurrent = await Promise.all(
        Array.from({ length: 100 }, () => create(product, account, 'key')),
      );
      const [id] = idsAt(product, account);
      expect(concurrent.filter((each) => each.id !== id || each.code !== undefined)).toEqual([]);
      expect(concurrent.filter(({ replayed }) => !replayed)).toHaveLength(1);
      expect([sentAt(product, account), idsAt(product, account).length]).toEqual([1, 1]);
    }),
  );
});

describe.concurrent('a call just placed', () => {
  const where = `call(id: $id) { status } node(id: $id) { ... on Call { status } } nodes(ids: [$id]) { id }
    account(id: $account) { call(providerCallId: $sid) { status } calls(first: 2) { nodes { id status } } }
    calls(first: 2) { nodes { id status } }`;

  it('is seen everywhere at once, however far Bandwidth lags behind', async ({ expect }) =>
    withProduct({ ...patient, bandwidth: { readLag: 120_000 } }, async (product) => {
      for (const ago of [60_000, 120_000]) {
        const startTime = new Date(Date.now() - ago).toISOString();
        product.bandwidth.add({ startTime, enqueuedTime: startTime });
      }
      const { id: sid = '' } = await create(product, 'bandwidth');
      const id = callId('bandwidth', sid);
      const seen = { id, status: 'QUEUED' };
      const { data, errors } = await product.ask<{
        account: { calls: { nodes: object[] } };
        calls: { nodes: object[] };
      }>(`query ($id: ID!, $account: ID!, $sid: String!) { ${where} }`, {
        id,
        sid,
        account: accountId('bandwidth'),
      });
      expect(errors).toEqual([]);
      expect(data).toMatchObject({
        call: { status: 'QUEUED' },
        node: { status: 'QUEUED' },
        nodes: [{ id }],
        account: { call: { status: 'QUEUED' } },
      });
      expect([data.account.calls.nodes[0], data.calls.nodes[0]]).toEqual([seen, seen]);
      expect([data.account.calls.nodes.length, data.calls.nodes.length]).toEqual([2, 2]);
    }));

  it('is there once, however its list is walked', async ({ expect }) =>
    withProduct({ ...patient, bandwidth: { readLag: 120_000 } }, async (product) => {
      const placed = [];
      for (let i = 0; i < 3; i++) placed.push((await create(product, 'bandwidth')).id);
      const listed: string[] = [];
      let after: string | null = null;
      do {
        const { data }: { data: Listed } = await product.ask<Listed>(
          `query ($after: String) { calls(first: 1, after: $after) {
            nodes { providerCallId } pageInfo { endCursor hasNextPage } } }`,
          { after },
        );
        listed.push(...data.calls.nodes.map(({ providerCallId }) => providerCallId));
        after = data.calls.pageInfo.hasNextPage ? data.calls.pageInfo.endCursor : null;
      } while (after !== null && listed.length < 10);
      expect(listed.sort()).toEqual(placed.sort());
    }));
});
