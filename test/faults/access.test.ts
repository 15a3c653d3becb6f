import { createHash } from 'node:crypto';
import { describe, it } from 'vitest';
import { accountId, callId } from '../support/client-ids.ts';
import { guard } from '../support/guard.ts';
import { createQuery, createVariables } from '../support/new-call.ts';
import { send } from '../support/post.ts';
import { type Product, withProduct } from '../support/product.ts';
import { writesIn } from '../support/writes-in.ts';

guard();

const keys = {
  reader: 'key-of-the-reader',
  dialler: 'key-of-the-dialler',
  other: 'key-of-the-other',
  admin: 'key-of-the-admin',
} as const;
type Who = keyof typeof keys;
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const access = {
  keys: [
    { name: 'reader', sha256: sha256(keys.reader), accounts: ['bandwidth'], may: ['read'] },
    {
      name: 'dialler',
      sha256: sha256(keys.dialler),
      accounts: ['bandwidth', 'connect'],
      may: ['read', 'write'],
    },
    { name: 'other', sha256: sha256(keys.other), accounts: ['connect'], may: ['write'] },
    { name: 'admin', sha256: sha256(keys.admin), may: ['write'] },
  ],
};
const options = { file: { access } };

const as = <Data = Record<string, never>>(product: Product, who: Who, query: string, variables?: object) =>
  product.ask<Data>(query, variables, { authorization: `Bearer ${keys[who]}`, 'x-request-id': 'the-same' });

const newCall = (account: string, idempotencyKey?: string) => createVariables(account, { idempotencyKey });
const sentIn = ({ bandwidth, connect, sbc }: Product) =>
  [bandwidth, connect, sbc].flatMap(({ journal }) => [...journal]);

describe.concurrent('without a key', () => {
  const none: [name: string, headers: Record<string, string>][] = [
    ['no header', {}],
    ['an empty key', { 'x-api-key': '' }],
    ['a wrong key', { 'x-api-key': 'wrong' }],
    ['a hash for a key', { 'x-api-key': sha256(keys.admin) }],
    ['a key with a letter more', { authorization: `Bearer ${keys.admin}x` }],
    ['a key in capitals', { authorization: `Bearer ${keys.admin.toUpperCase()}` }],
    [
      'a key by another scheme',
      { authorization: `Basic ${Buffer.from(`x:${keys.admin}`).toString('base64')}` },
    ],
    ['a key without a scheme', { authorization: keys.admin }],
    ['a wrong key before a good one', { 'x-api-key': 'wrong', authorization: `Bearer ${keys.admin}` }],
    ['two keys in one', { 'x-api-key': `${keys.admin}, ${keys.reader}` }],
    ['a key in a cookie', { cookie: `x-api-key=${keys.admin}` }],
    ['an unsigned token', { authorization: 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.' }],
    ['a token of nothing', { authorization: 'Bearer ..' }],
  ];
  it.for(none)('%s is 401, and costs no request', async ([, headers], { expect }) =>
    withProduct(options, async (product) => {
      for (const query of [
        '{ accounts { key } }',
        '{ __schema { types { name } } }',
        '{ __typename }',
        createQuery,
      ]) {
        const { status, code, data, headers: told } = await product.ask(query, newCall('bandwidth'), headers);
        expect([status, code, data]).toEqual([401, 'UNAUTHENTICATED', undefined]);
        expect(told['www-authenticate']).toBe('Bearer');
      }
      const byGet = await send(`${product.url}?query={__typename}`, {
        headers: { ...headers, 'content-type': 'application/json' },
      });
      expect(byGet.status).toBe(401);
      expect(sentIn(product)).toEqual([]);
    }),
  );

  it('the explorer opens, the rest of it says nothing, and health is told', async ({ expect }) =>
    withProduct({ file: { access, explorer: true } }, async ({ url }) => {
      const page = await send(url, { headers: { accept: 'text/html' } });
      expect([200, 503]).toContain(page.status);
      expect(page.text).not.toMatch(/key-of|9900000|bandwidth-|secret/);
      for (const path of ['/healthz', '/readyz'])
        expect((await send(new URL(path, url).href)).status).toBe(200);
    }));

  it('both headers are taken', async ({ expect }) =>
    withProduct(options, async (product) => {
      for (const headers of [{ 'x-api-key': keys.admin }, { authorization: `bearer ${keys.admin}` }]) {
        expect((await product.ask('{ __typename }', {}, headers)).status).toBe(200);
      }
    }));
});

describe.concurrent('an account that the caller may not see', () => {
  it('is not there, wherever it is asked for, and costs no request', async ({ expect }) =>
    withProduct(options, async (product) => {
      const { sid } = product.connect.add({});
      const hidden = { id: accountId('connect'), call: callId('connect', sid) };
      const absent = { id: accountId('nobody'), call: callId('nobody', sid) };
      const query = `query ($id: ID!, $call: ID!) {
        accounts { key } account(id: $id) { id } node(id: $id) { id } nodes(ids: [$id, $call]) { id }
        call(id: $call) { id } callNode: node(id: $call) { id }
        calls(filter: { parentId: $call }) { nodes { id } totalCount unavailable { code } } }`;
      const [one, other] = await Promise.all([
        as(product, 'reader', query, hidden),
        as(product, 'reader', query, absent),
      ]);
      expect(one.text).toBe(other.text);
      expect([one.errors, one.data]).toEqual([
        [],
        {
          accounts: [{ key: 'bandwidth' }],
          account: null,
          node: null,
          nodes: [null, null],
          call: null,
          callNode: null,
          calls: { nodes: [], totalCount: 0, unavailable: [] },
        },
      ]);
      const named = 'query ($ids: [ID!]) { calls(accountIds: $ids) { nodes { id } } }';
      const answers = await Promise.all(
        [hidden, absent].map(({ id }) => as(product, 'reader', named, { ids: [accountId('bandwidth'), id] })),
      );
      expect(answers[0]?.text).toBe(answers[1]?.text);
      expect(answers[0]?.code).toBe('NOT_FOUND');
      expect(product.connect.journal.length).toBe(0);
    }));

  it('is not in lists, not counted, and not missed', async ({ expect }) =>
    withProduct(options, async (product) => {
      product.bandwidth.add({});
      product.connect.add({});
      product.connect.faults.add({ do: { kind: 'status', status: 500 } });
      const { data, errors } = await as<{ calls: { nodes: object[]; unavailable: object[] } }>(
        product,
        'reader',
        '{ calls { nodes { account { key } } unavailable { code } } }',
      );
      expect([errors, data]).toEqual([
        [],
        { calls: { nodes: [{ account: { key: 'bandwidth' } }], unavailable: [] } },
      ]);
      expect(product.connect.journal.length).toBe(0);
    }));

  it('cannot be written to, as if it were not there', async ({ expect }) =>
    withProduct(options, async (product) => {
      const { sid } = product.connect.add({ status: 'in-progress' });
      const mutation = `mutation ($create: CreateCallInput!, $update: UpdateCallInput!, $bxml: UpdateCallBxmlInput!) {
        createCall(input: $create) { call { id } userErrors { code message field } }
        updateCall(input: $update) { call { id } userErrors { code message field } }
        updateCallBxml(input: $bxml) { call { id } userErrors { code message field } } }`;
      const variables = (account: string) => ({
        create: newCall(account).input,
        update: { id: callId(account, sid), change: { end: 'HANG_UP' } },
        bxml: { id: callId(account, sid), bxml: '<Bxml/>' },
      });
      const hidden = await as(product, 'reader', mutation, variables('connect'));
      const absent = await as(product, 'reader', mutation, variables('nobody'));
      expect(hidden.text).toBe(absent.text);
      expect(hidden.code).toBe('NOT_FOUND');
      expect(sentIn(product)).toEqual([]);
    }));

  it('is in no cursor of another caller’s', async ({ expect }) =>
    withProduct(options, async (product) => {
      for (let i = 0; i < 3; i++) {
        product.bandwidth.add({});
        product.connect.add({});
      }
      const query = `query ($after: String) { calls(first: 2, after: $after) {
        nodes { account { key } } pageInfo { endCursor } } }`;
      type Page = { calls: { nodes: { account: { key: string } }[]; pageInfo: { endCursor: string } } };
      const { data } = await as<Page>(product, 'admin', query);
      const { code } = await as(product, 'reader', query, { after: data.calls.pageInfo.endCursor });
      expect(code).toBe('INVALID_INPUT');
      const own = await as<Page>(product, 'reader', query);
      const next = await as<Page>(product, 'reader', query, { after: own.data.calls.pageInfo.endCursor });
      expect(next.data.calls.nodes).toEqual([{ account: { key: 'bandwidth' } }]);
    }));
});

describe.concurrent('a caller who may only read', () => {
  it('is FORBIDDEN to write, and nothing is sent', async ({ expect }) =>
    withProduct(options, async (product) => {
      const { callId: id } = product.bandwidth.add({ state: 'answered' });
      const changes = [
        { end: 'HANG_UP' },
        { end: 'CANCEL' },
        { muted: true },
        { redirect: { url: 'https://example.com/' } },
      ];
      const tries = [
        as(product, 'reader', createQuery, newCall('bandwidth')),
        as(product, 'reader', createQuery, newCall('bandwidth', 'key')),
        ...changes.map((change) =>
          as(
            product,
            'reader',
            'mutation ($input: UpdateCallInput!) { updateCall(input: $input) { call { id } } }',
            {
              input: { id: callId('bandwidth', id), change },
            },
          ),
        ),
        as(
          product,
          'reader',
          'mutation ($input: UpdateCallBxmlInput!) { updateCallBxml(input: $input) { call { id } } }',
          {
            input: { id: callId('bandwidth', id), bxml: 'not even BXML' },
          },
        ),
      ];
      for (const { code, data, text } of await Promise.all(tries)) {
        expect([code, data]).toEqual(['FORBIDDEN', null]);
        expect(text).not.toMatch(/stack|9900000/);
      }
      expect(sentIn(product)).toEqual([]);
      expect(
        (await as(product, 'reader', `{ call(id: "${callId('bandwidth', id)}") { status } }`)).code,
      ).toBeUndefined();
    }));
});

describe.concurrent('an idempotency key', () => {
  it('is one caller’s own', async ({ expect }) =>
    withProduct(options, async (product) => {
      type Created = { createCall: { call: { id: string }; replayed: boolean } };
      const place = async (who: Who) =>
        (await as<Created>(product, who, createQuery, newCall('connect', 'key'))).data.createCall;
      const [dialler, other] = [await place('dialler'), await place('other')];
      expect([dialler.replayed, other.replayed]).toEqual([false, false]);
      expect(dialler.call.id).not.toBe(other.call.id);
      expect([await place('dialler'), await place('other')]).toEqual([
        { ...dialler, replayed: true },
        { ...other, replayed: true },
      ]);
      expect(writesIn(product.connect.journal)).toHaveLength(2);
    }));

  it('tells one caller nothing of another’s call', async ({ expect }) =>
    withProduct(options, async (product) => {
      await as(product, 'dialler', createQuery, newCall('bandwidth', 'key'));
      const hidden = await as(product, 'other', createQuery, newCall('bandwidth', 'key'));
      expect(hidden.code).toBe('NOT_FOUND');
      expect(hidden.text).not.toContain('"id"');
      expect(writesIn(product.bandwidth.journal)).toHaveLength(1);
    }));
});

describe.concurrent('a rate', () => {
  it('is one caller’s own, and what is over it sends nothing', async ({ expect }) =>
    withProduct({ file: { access, cost: { pointsPerMinute: 30 } } }, async (product) => {
      const query = '{ calls { nodes { id } } }';
      const answers = [];
      for (let i = 0; i < 30; i++) answers.push(await as(product, 'reader', query));
      const refused = answers.filter(({ status }) => status === 429);
      expect(refused.length).toBeGreaterThan(5);
      expect(
        refused.every(({ code, headers }) => code === 'RATE_LIMITED' && Number(headers['retry-after']) > 0),
      ).toBe(true);
      const sent = sentIn(product).length;
      await as(product, 'reader', query);
      expect(sentIn(product)).toHaveLength(sent);
      expect((await as(product, 'admin', query)).status).toBe(200);
    }));
});
