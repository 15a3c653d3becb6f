import { describe, it } from 'vitest';
import { accountId, callId } from '../support/client-ids.ts';
import { guard } from '../support/guard.ts';
import { createVariables } from '../support/new-call.ts';
import { withProduct } from '../support/product.ts';

guard();

const patient = { limits: { connectTimeout: '20s', headersTimeout: '20s', readDeadline: '20s' } };
const errorId = '59512d87-7a92-4040-8e4a-78fb772019b9';
const { input } = createVariables('bandwidth');

describe.concurrent('what a provider shows, a client sees:', () => {
  it("the direction's own word", async ({ expect }) =>
    withProduct(patient, async ({ ask, bandwidth, connect, sbc }) => {
      const directed: [string, string, string, string][] = [
        ['bandwidth', bandwidth.add({ direction: 'inbound' }).callId, 'inbound', 'INBOUND'],
        ['connect', connect.add({ direction: 'outbound-api' }).sid, 'outbound-api', 'OUTBOUND'],
        ['connect-xml', connect.add({ direction: 'outbound-dial' }).sid, 'outbound-dial', 'OUTBOUND'],
        ['connect', connect.add({ direction: 'Client-To-Client' }).sid, 'Client-To-Client', 'UNKNOWN'],
        ['sbc', sbc.add({ direction: 'outbound' }).sid, 'outbound', 'OUTBOUND'],
      ];
      for (const [account, id, providerDirection, direction] of directed) {
        const { data } = await ask<object>(
          'query ($id: ID!) { call(id: $id) { direction providerDirection } }',
          {
            id: callId(account, id),
          },
        );
        expect(data).toEqual({ call: { direction, providerDirection } });
      }
    }));

  it("Bandwidth's address of a call, from who has placed it, and no more once it is read", async ({
    expect,
  }) =>
    withProduct(patient, async ({ ask, bandwidth, clock }) => {
      const place = () =>
        ask<{ createCall: { call: object } }>(
          `mutation ($input: CreateCallInput!) { createCall(input: $input) {
            replayed call { providerDirection details { ... on BandwidthCallDetails { callUrl } } } } }`,
          { input: { ...input, idempotencyKey: 'once' } },
        );
      const callUrl = `${bandwidth.baseUrl}/accounts/${bandwidth.accountId}/calls/`;
      for (const replayed of [false, true]) {
        const { data } = await place();
        expect(data.createCall).toEqual({
          replayed,
          call: { providerDirection: null, details: { callUrl: expect.stringContaining(callUrl) } },
        });
      }
      clock.advance(60_000);
      const [call] = bandwidth.calls;
      const { data } = await ask<object>(
        `query ($id: ID!) { call(id: $id) {
          providerDirection details { ... on BandwidthCallDetails { callUrl } } } }`,
        { id: callId('bandwidth', call?.callId ?? '') },
      );
      expect(data).toEqual({ call: { providerDirection: 'outbound', details: { callUrl: null } } });
    }));

  it.for([
    ['the id of an error', errorId, errorId],
    ['no text in its place', 'Call from +19195550100 to +19195550123 refused', null],
    ['no number in its place', '+19195550123', null],
    ['no empty text in its place', '', null],
  ] as const)('%s', async ([, id, shown], { expect }) =>
    withProduct(patient, async ({ ask, bandwidth }) => {
      const there = bandwidth.add({ state: 'answered' }).callId;
      for (const status of [400, 401, 409, 503, 418]) {
        const body = JSON.stringify({ type: 'x', description: 'to +19195550123', id });
        bandwidth.faults.clear();
        bandwidth.faults.add({ do: { kind: 'status', status, body }, when: { path: /\/calls/ } });
        const answers = await Promise.all([
          ask(
            'mutation ($input: CreateCallInput!) { createCall(input: $input) { userErrors { providerErrorId } } }',
            { input },
          ),
          ask(
            `mutation ($id: ID!) { updateCall(input: { id: $id, change: { end: HANG_UP } }) {
              userErrors { providerErrorId } } }`,
            { id: callId('bandwidth', there) },
          ),
        ]);
        for (const { data } of answers) {
          const told = JSON.stringify({ userErrors: [{ providerErrorId: shown }] });
          expect(JSON.stringify(data), `${status}`).toContain(told);
        }
        const read = await ask<object>('query ($id: ID!) { call(id: $id) { status } }', {
          id: callId('bandwidth', there),
        });
        const extras: object = read.errors[0]?.extensions ?? {};
        const told = shown === null ? {} : { providerErrorId: shown };
        expect(extras, `${status}`).toEqual({ code: read.code, ...told });
        if (status === 400) continue;
        const list = await ask<{ calls: { unavailable: object[] } }>(
          'query ($ids: [ID!]) { calls(accountIds: $ids) { unavailable { providerErrorId } } }',
          { ids: [accountId('bandwidth')] },
        );
        expect(list.data.calls.unavailable, `${status}`).toEqual([{ providerErrorId: shown }]);
      }
    }),
  );
});
