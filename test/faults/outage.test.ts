import { describe, it } from 'vitest';
import type { FaultAction } from '../../src/sandbox/index.ts';
import { accountId, callId } from '../support/client-ids.ts';
import { guard } from '../support/guard.ts';
import type { Answer } from '../support/post.ts';
import { type Product, withProduct } from '../support/product.ts';

guard();

interface Page {
  readonly nodes: readonly { readonly providerCallId: string }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
  readonly totalCount: number | null;
  readonly unavailable: readonly {
    readonly account: { readonly key: string };
    readonly code: string;
    readonly retryAfter: number | null;
  }[];
}

const page = `nodes { providerCallId } totalCount
  pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  unavailable { account { key } code retryAfter }`;

/** What Connect is down with: no read of it is answered. */
const down = { kind: 'status', status: 503, headers: { 'Retry-After': '40' } } as const;

/** However busy the machine is, no answer is late. */
const patient = { limits: { connectTimeout: '20s', headersTimeout: '20s', readDeadline: '20s' } };

function fail({ connect }: Product, action: FaultAction = down): void {
  connect.faults.add({ when: { method: 'GET' }, do: action });
}

/** Connect alone, or with SBC; both have one call. */
const lists: [string, ('connect' | 'sbc')[]][] = [
  ['one account', ['connect']],
  ['two accounts', ['connect', 'sbc']],
];

describe.concurrent('the outage of one account leaves the rest of the answer:', () => {
  it.for(lists)(
    'calls of %s answers and tells who is missing and for how long',
    async ([, keys], { expect }) =>
      withProduct(patient, async (product) => {
        const { sid } = product.sbc.add({});
        fail(product);
        const { data, errors } = await product.ask<{ calls: Page }>(
          `query ($ids: [ID!]) { calls(accountIds: $ids) { ${page} } }`,
          { ids: keys.map(accountId) },
        );
        expect(errors).toEqual([]);
        expect(data.calls).toMatchObject({
          nodes: keys.includes('sbc') ? [{ providerCallId: sid }] : [],
          totalCount: null,
          pageInfo: { hasNextPage: true, hasPreviousPage: false, endCursor: expect.any(String) },
          unavailable: [{ account: { key: 'connect' }, code: 'PROVIDER_UNAVAILABLE', retryAfter: 40 }],
        });
      }),
  );

  it('a list does not wait for as long as the Retry-After of one account asks for', async ({ expect }) =>
    withProduct(patient, async (product) => {
      const { sid } = product.sbc.add({});
      for (const status of [429, 503]) {
        product.connect.faults.clear();
        fail(product, { kind: 'status', status, headers: { 'Retry-After': '8' } });
        const before = product.connect.journal.length;
        const { data } = await product.ask<{ calls: Page }>(
          'query ($ids: [ID!]) { calls(accountIds: $ids) { nodes { providerCallId } unavailable { account { key } retryAfter } } }',
          { ids: ['connect', 'sbc'].map(accountId) },
        );
        expect(data.calls).toMatchObject({
          nodes: [{ providerCallId: sid }],
          unavailable: [{ account: { key: 'connect' }, retryAfter: 8 }],
        });
        expect(product.connect.journal.length - before).toBe(1);
      }
    }));

  it.for(lists)('who walks through %s by pageInfo alone misses no call of it', async ([, keys], { expect }) =>
    withProduct(patient, async (product) => {
      const sids = keys.map((key) => product[key].add({}).sid);
      // No fault that opens the breaker, which would want a wait.
      fail(product, { ...down, status: 429 });
      const query = `query ($ids: [ID!], $after: String) {
        calls(accountIds: $ids, first: 1, after: $after) { ${page} }
      }`;
      const seen: string[] = [];
      let [after, pages]: [string | null, number] = [null, 0];
      for (let isMore = true; isMore; pages += 1) {
        if (pages > 12) throw new Error('The walk does not end.');
        if (pages === 4) product.connect.faults.clear();
        const variables: object = { ids: keys.map(accountId), after };
        const { data, errors }: Answer<{ calls: Page }> = await product.ask(query, variables);
        expect(errors).toEqual([]);
        seen.push(...data.calls.nodes.map(({ providerCallId }) => providerCallId));
        isMore = data.calls.pageInfo.hasNextPage;
        after = data.calls.pageInfo.endCursor;
      }
      expect(seen.toSorted()).toEqual(sids.toSorted());
      expect(pages).toBeGreaterThan(4);
    }),
  );

  it('a list that nothing could be read of can be read the other way from its cursor', async ({ expect }) =>
    withProduct(patient, async (product) => {
      product.connect.add({});
      fail(product);
      const ids = ['bandwidth', 'connect', 'sbc'].map(accountId);
      const ask = (first: object) =>
        product.ask<{ calls: Page }>(
          `query ($ids: [ID!], $first: Int, $last: Int, $before: String, $orderBy: CallOrder! = NEWEST_FIRST) {
            calls(accountIds: $ids, first: $first, last: $last, before: $before, orderBy: $orderBy) { ${page} }
          }`,
          { ids, ...first },
        );
      for (const orderBy of ['NEWEST_FIRST', 'OLDEST_FIRST']) {
        const { data } = await ask({ orderBy, first: 2 });
        product.connect.faults.clear();
        const back = await ask({ orderBy, last: 2, before: data.calls.pageInfo.endCursor });
        expect([back.errors, back.data.calls.nodes]).toEqual([[], []]);
        fail(product);
      }
    }));

  it('calls of an account is null at its own path, and the other accounts are given', async ({ expect }) =>
    withProduct(patient, async (product) => {
      const { sid } = product.sbc.add({});
      fail(product);
      const { data, errors } = await product.ask<object>(
        `query ($a: ID!, $b: ID!) {
          down: account(id: $a) { key calls { nodes { providerCallId } } }
          up: account(id: $b) { calls { nodes { providerCallId } } }
          accounts { calls(first: 1) { nodes { providerCallId } } }
        }`,
        { a: accountId('connect'), b: accountId('sbc') },
      );
      const [none, one] = [{ calls: null }, { calls: { nodes: [{ providerCallId: sid }] } }];
      const empty = { calls: { nodes: [] } };
      expect(data).toEqual({
        down: { key: 'connect', ...none },
        up: one,
        accounts: [empty, none, none, one],
      });
      expect(errors.map(({ path }) => path?.join('.')).toSorted()).toEqual([
        'accounts.1.calls',
        'accounts.2.calls',
        'down.calls',
      ]);
      const told = { code: 'PROVIDER_UNAVAILABLE', retryAfter: 40 };
      expect(errors.map(({ extensions }) => extensions)).toEqual([told, told, told]);
    }));

  it('call, node, nodes, a parent and a call of an account are null, each by itself', async ({ expect }) =>
    withProduct(patient, async (product) => {
      const { sid: parentCallSid } = product.connect.add({});
      const { sid } = product.connect.add({ parent_call_sid: parentCallSid });
      const { sid: ended } = product.sbc.add({});
      // The leg can be read, its parent cannot.
      const path = new RegExp(`${parentCallSid}`);
      product.connect.faults.add({ when: { method: 'GET', path }, do: down });
      const { data, errors } = await product.ask<object>(
        `query ($parent: ID!, $leg: ID!, $other: ID!, $account: ID!, $sid: String!) {
          call(id: $parent) { status }
          node(id: $parent) { id }
          nodes(ids: [$other, $parent, $leg]) { ... on Call { providerCallId account { key } parent { id } } }
          account(id: $account) { key call(providerCallId: $sid) { status } }
          calls(accountIds: [$account]) { nodes { providerCallId parent { id } } unavailable { code } }
        }`,
        {
          parent: callId('connect', parentCallSid),
          leg: callId('connect', sid),
          other: callId('sbc', ended),
          account: accountId('connect'),
          sid: parentCallSid,
        },
      );
      const leg = { providerCallId: sid, parent: null };
      expect(data).toMatchObject({
        call: null,
        node: null,
        nodes: [{ providerCallId: ended }, null, { ...leg, account: { key: 'connect' } }],
        account: { key: 'connect', call: null },
        calls: { unavailable: [] },
      });
      expect(new Set(errors.map(({ extensions }) => extensions.code))).toEqual(
        new Set(['PROVIDER_UNAVAILABLE']),
      );
    }));

  it('hasPreviousPage and totalCount leave a page that could be read', async ({ expect }) =>
    withProduct(patient, async (product) => {
      for (let i = 0; i < 3; i += 1) product.connect.add({});
      const list = (after: string | null) =>
        product.ask<{ account: { calls: Page } }>(
          `query ($id: ID!, $after: String) { account(id: $id) { calls(first: 1, after: $after) { ${page} } } }`,
          { id: accountId('connect'), after },
        );
      const { endCursor } = (await list(null)).data.account.calls.pageInfo;
      // The first request after a page is one of the questions.
      let reads = 0;
      product.connect.faults.add({
        when: ({ method }) => method === 'GET' && ++reads > 1,
        do: down,
      });
      const { data, errors } = await list(endCursor);
      expect(errors).toEqual([]);
      expect(data.account.calls).toMatchObject({ totalCount: null, pageInfo: { hasPreviousPage: true } });
    }));
});

describe.concurrent('what the caller gave stays an error, although it is only one account:', () => {
  it.for([
    ['a cursor of another list', { after: 'bm90aGluZw' }, 'after'],
    ['too large a page', { first: 501 }, 'first'],
    ['a negative page', { first: -1 }, 'first'],
    ['first with last', { first: 1, last: 1 }, 'last'],
    ['no status', { filter: { statuses: [] } }, 'filter.statuses'],
    ['an account that there is not', { ids: [accountId('nobody')] }, 'accountIds.0'],
    ['what is no id', { ids: ['nobody'] }, 'accountIds.0'],
  ] as [string, object, string][])('%s', async ([, given, field], { expect }) =>
    withProduct(patient, async (product) => {
      fail(product);
      const { data, errors } = await product.ask<object | null>(
        `query ($ids: [ID!], $first: Int, $last: Int, $after: String, $filter: CallFilter) {
          calls(accountIds: $ids, first: $first, last: $last, after: $after, filter: $filter) { ${page} }
        }`,
        { ids: [accountId('connect')], ...given },
      );
      expect(data).toBeNull();
      expect(errors[0]?.extensions.field?.join('.')).toBe(field);
    }),
  );
});
