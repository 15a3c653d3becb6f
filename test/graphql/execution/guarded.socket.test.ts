import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { callId } from '../../support/client-ids.ts';
import { createVariables } from '../../support/new-call.ts';
import { type Product, withProduct } from '../../support/product.ts';
import { writesIn } from '../../support/writes-in.ts';

const keys = { admin: 'key-of-the-admin', reader: 'key-of-the-reader', poor: 'key-of-the-poor' } as const;
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const access = {
  keys: [
    { name: 'admin', sha256: sha256(keys.admin), may: ['write'] },
    { name: 'reader', sha256: sha256(keys.reader), accounts: ['connect'], may: ['read'] },
    { name: 'poor', sha256: sha256(keys.poor), may: ['read'] },
  ],
};

const as = (product: Product, key: string | undefined, query: string, variables: object) =>
  product.ask<Record<string, unknown>>(query, variables, key === undefined ? {} : { 'x-api-key': key });

/** Asks three times with all rights, so that Apollo Server is not asked from then on. */
async function makeKnown(product: Product, query: string, variables: object) {
  for (const _ of [1, 2, 3]) {
    const { status, code } = await as(product, keys.admin, query, variables);
    expect([status, code]).toEqual([200, undefined]);
  }
}

const look = 'query Look($id: ID!) { call(id: $id) { status } }';
const list =
  'query List($n: Int) { calls(first: $n) { nodes { account { calls(first: $n) { nodes { id } } } } } }';
const create = `mutation Create($input: CreateCallInput!) {
  createCall(input: $input) { userErrors { code } call { id } } }`;
const newCall = (account: string) => createVariables(account, { from: '1' });

describe('an operation that is known', () => {
  it.each([
    ['no key', undefined],
    ['a wrong key', 'wrong'],
    ['the hash of a key', sha256(keys.admin)],
  ])('is not answered to a caller with %s', (_, key) =>
    withProduct({ file: { access } }, async (product) => {
      const { sid } = product.connect.add({});
      const variables = { id: callId('connect', sid) };
      await makeKnown(product, look, variables);
      const sent = [...product.connect.journal].length;
      const { status, code, data, headers } = await as(product, key, look, variables);
      expect([status, code, data]).toEqual([401, 'UNAUTHENTICATED', undefined]);
      expect(headers['www-authenticate']).toBe('Bearer');
      expect([...product.connect.journal]).toHaveLength(sent);
    }),
  );

  it('shows nobody an account that does not exist for them', () =>
    withProduct({ file: { access } }, async (product) => {
      const { sid } = product.sbc.add({});
      const variables = { id: callId('sbc', sid) };
      await makeKnown(product, look, variables);
      const { data } = await as(product, keys.reader, look, variables);
      expect(data).toEqual({ call: null });
    }));

  it('writes for nobody who may only read', () =>
    withProduct({ file: { access } }, async (product) => {
      await makeKnown(product, create, newCall('connect'));
      const written = writesIn(product.connect.journal).length;
      const { code, data } = await as(product, keys.reader, create, newCall('connect'));
      expect([code, data]).toEqual(['FORBIDDEN', null]);
      expect(writesIn(product.connect.journal)).toHaveLength(written);
    }));

  it('is refused where its variables make it too costly', () =>
    withProduct({ file: { access } }, async (product) => {
      await makeKnown(product, list, { n: 2 });
      const { status, code } = await as(product, keys.admin, list, { n: 400 });
      expect([status, code]).toEqual([200, 'OPERATION_TOO_COSTLY']);
    }));

  it('is refused to a caller who has spent their points, and costs as much as it did before', () =>
    withProduct({ file: { access, cost: { pointsPerMinute: 20 } } }, async (product) => {
      const { sid } = product.connect.add({});
      const variables = { id: callId('connect', sid) };
      await makeKnown(product, look, variables);
      const answers = [];
      for (let times = 0; times < 15; times += 1) answers.push(await as(product, keys.poor, look, variables));
      // One point for asking and one for the request to the provider.
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(10);
      const last = answers.at(-1);
      expect([last?.status, last?.code]).toEqual([429, 'RATE_LIMITED']);
      expect(Number(last?.headers['retry-after'])).toBeGreaterThan(0);
    }));
});
