import { createHash } from 'node:crypto';
import { describe, it } from 'vitest';
import { accountId, callId } from '../support/client-ids.ts';
import { guard } from '../support/guard.ts';
import { createVariables } from '../support/new-call.ts';
import { type Product, withProduct } from '../support/product.ts';
import { writesIn } from '../support/writes-in.ts';

guard();

const input = (account: string, to = '+19195550123') => createVariables(account, { to }).input;
const sentBy = ({ bandwidth, connect }: Product) =>
  [bandwidth, connect].flatMap(({ journal }) => [...writesIn(journal)]);

describe.concurrent('several changes in one operation', () => {
  it('are all made where nothing is wrong with them', async ({ expect }) =>
    withProduct({}, async (product) => {
      const { data, text } = await product.ask(
        `mutation ($a: CreateCallInput!, $b: CreateCallInput!) {
          a: createCall(input: $a) { userErrors { code } } b: createCall(input: $b) { userErrors { code } } }`,
        { a: input('bandwidth'), b: input('connect') },
      );
      expect(data).toEqual({ a: { userErrors: [] }, b: { userErrors: [] } });
      expect(text).not.toContain('"extensions"');
      expect(sentBy(product)).toHaveLength(2);
    }));

  it('are all FORBIDDEN to who may only read', async ({ expect }) => {
    const key = 'key-of-the-reader';
    const sha256 = createHash('sha256').update(key).digest('hex');
    const access = { keys: [{ name: 'reader', sha256, may: ['read'] }] };
    await withProduct({ file: { access } }, async (product) => {
      // From the second time on, an operation takes another way through the server.
      for (let time = 1; time <= 3; time += 1) {
        const { status, errors, text } = await product.ask(
          `mutation ($a: CreateCallInput!, $b: CreateCallInput!) {
            a: createCall(input: $a) { call { id } } b: createCall(input: $b) { call { id } } }`,
          { a: input('bandwidth'), b: input('connect') },
          { 'x-api-key': key },
        );
        expect(errors.map(({ extensions, path }) => [extensions.code, path])).toEqual([['FORBIDDEN', ['a']]]);
        expect([status, text.includes('9900000')]).toEqual([200, false]);
      }
      expect(sentBy(product)).toEqual([]);
    });
  });

  it('are all left undone where a variable spoils one of them', async ({ expect }) =>
    withProduct({}, async (product) => {
      // GraphQL, section 5.8.5, lets a variable with a default stand where null may not; and null is given.
      const query = `mutation ($a: CreateCallInput!, $from: String = "+19195550100") {
        a: createCall(input: $a) { call { id } }
        b: createCall(input: { accountId: "${accountId('connect')}", from: $from, to: "+19195550101", answerUrl: "https://example.com/" }) {
          call { id } } }`;
      for (let time = 1; time <= 3; time += 1) {
        const { errors } = await product.ask(query, { a: input('bandwidth'), from: null });
        expect(errors.map(({ extensions, path }) => [extensions.code, path])).toEqual([
          ['BAD_USER_INPUT', ['b']],
        ]);
      }
      expect(sentBy(product)).toEqual([]);
    }));

  it('stand by themselves where a provider refuses one, or an id is of nothing', async ({ expect }) =>
    withProduct({}, async (product) => {
      type Payload = { call: { id: string } | null; userErrors: { code: string }[] };
      const { data, errors } = await product.ask<Record<'a' | 'b' | 'c', Payload>>(
        `mutation ($a: CreateCallInput!, $b: CreateCallInput!, $c: CreateCallInput!) {
          a: createCall(input: $a) { call { id } userErrors { code } }
          b: createCall(input: $b) { call { id } userErrors { code } }
          c: createCall(input: $c) { call { id } userErrors { code } } }`,
        {
          a: input('bandwidth'),
          b: input('bandwidth', 'nobody'),
          c: { ...input('connect'), accountId: 'nothing' },
        },
      );
      expect(errors).toEqual([]);
      expect(data.a.call?.id).toBeTruthy();
      expect([data.b, data.c].map(({ userErrors }) => userErrors[0]?.code)).toEqual([
        'INVALID_INPUT',
        'INVALID_INPUT',
      ]);
    }));
});

describe.concurrent('a call that was placed', () => {
  it('is named although what was asked about it cannot be read', async ({ expect }) =>
    withProduct({}, async (product) => {
      product.bandwidth.faults.add({
        when: ({ method }) => method === 'GET',
        do: { kind: 'status', status: 500 },
      });
      const named: string[] = [];
      for (let time = 1; time <= 3; time += 1) {
        const { text, data, errors } = await product.ask<{ createCall: { call: object } }>(
          `mutation ($a: CreateCallInput!) { createCall(input: $a) {
            call { id account { calls(first: 1) { nodes { id } } } } userErrors { code } } }`,
          { a: input('bandwidth') },
        );
        const { extensions } = JSON.parse(text) as { extensions: { done: string[] } };
        expect(extensions.done).toHaveLength(1);
        named.push(...extensions.done);
        expect(data.createCall.call).toEqual({ id: extensions.done[0], account: { calls: null } });
        expect(errors[0]?.extensions.code).toBe('PROVIDER_UNAVAILABLE');
      }
      product.bandwidth.faults.clear();
      const ids = [...product.bandwidth.calls].map((call) => callId('bandwidth', call.callId));
      expect(named.toSorted()).toEqual(ids.toSorted());
      expect(ids).toHaveLength(3);
    }));
});
