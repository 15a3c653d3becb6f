import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accountId, callId } from '../support/client-ids.ts';
import { createVariables } from '../support/new-call.ts';
import { type Product, startProduct } from '../support/product.ts';

interface CallData {
  readonly id: string;
  readonly status: string;
  readonly providerStatus: string;
}
interface Payload {
  readonly call: CallData | null;
  readonly userErrors: readonly { code: string; message: string; field: string[] | null }[];
}

let product: Product;
beforeEach(async () => {
  product = await startProduct({ sandbox: 50 });
});
afterEach(() => product.close());

const place = async (account: string) => {
  const { data } = await product.ask<{ createCall: Payload }>(
    `mutation ($input: CreateCallInput!) {
      createCall(input: $input) { call { id status providerStatus } replayed userErrors { code message field } }
    }`,
    createVariables(account),
  );
  return data.createCall;
};
const look = async (id: string) => {
  const { data } = await product.ask<{ call: CallData | null }>(
    'query ($id: ID!) { call(id: $id) { id status providerStatus } }',
    { id },
  );
  return data.call;
};
const change = async (id: string, how: object) => {
  const { data } = await product.ask<{ updateCall: Payload }>(
    `mutation ($input: UpdateCallInput!) {
      updateCall(input: $input) { call { id status providerStatus } userErrors { code message field } }
    }`,
    { input: { id, change: how } },
  );
  return data.updateCall;
};
const replaceBxml = async (id: string, bxml: string) => {
  const { data } = await product.ask<{ updateCallBxml: Payload }>(
    `mutation ($input: UpdateCallBxmlInput!) {
      updateCallBxml(input: $input) { call { id status providerStatus } userErrors { code message field } }
    }`,
    { input: { id, bxml } },
  );
  return data.updateCallBxml;
};
const done = ({ userErrors }: Payload) => expect(userErrors).toEqual([]);
const idOf = ({ call }: Payload) => call?.id as string;

describe('a call', () => {
  it.each([
    ['bandwidth-sandbox', ['QUEUED', 'INITIATED', 'IN_PROGRESS', 'COMPLETED']],
    ['connect-sandbox', ['QUEUED', 'RINGING', 'IN_PROGRESS', 'COMPLETED']],
  ])(
    'at %s is placed, watched, redirected and hung up',
    async (account, [queued, ringing, answered, ended]) => {
      const placed = await place(account);
      done(placed);
      expect(placed.call?.status).toBe(queued);
      const id = idOf(placed);
      product.clock.advance(2_000);
      expect((await look(id))?.status).toBe(ringing);
      product.clock.advance(8_000);
      expect((await look(id))?.status).toBe(answered);
      done(await change(id, { redirect: { url: 'https://example.com/next' } }));
      done(await change(id, { end: 'HANG_UP' }));
      expect((await look(id))?.status).toBe(ended);
      expect((await change(id, { end: 'HANG_UP' })).userErrors[0]?.code).toBe('CONFLICT');
    },
  );

  it('at Bandwidth has its BXML replaced, and says where a document is wrong', async () => {
    const id = idOf(await place('bandwidth-sandbox'));
    product.clock.advance(10_000);
    done(await replaceBxml(id, '<?xml version="1.0"?><Bxml><SpeakSentence>Hello</SpeakSentence></Bxml>'));
    const { userErrors } = await replaceBxml(id, '<Bxml>\n  <Pause></Bxml>');
    expect(userErrors[0]).toMatchObject({ code: 'INVALID_INPUT', field: ['input', 'bxml'] });
    expect(userErrors[0]?.message).toMatch(/line 2, column \d+/);
  });

  it('at Connect is muted, and stays so when it is redirected', async () => {
    const id = idOf(await place('connect-sandbox'));
    product.clock.advance(10_000);
    done(await change(id, { muted: true }));
    done(await change(id, { redirect: { url: 'https://example.com/next' } }));
    expect(product.connect.calls.find(({ muted }) => muted)).toBeDefined();
    done(await change(id, { muted: false }));
    expect(product.connect.calls.find(({ muted }) => muted)).toBeUndefined();
  });

  it('at SBC is not placed where the server has no POST, and says so', async () => {
    const { call, userErrors } = await place('sbc-sandbox');
    expect(call).toBeNull();
    expect(userErrors).toMatchObject([{ code: 'UNSUPPORTED_BY_PROVIDER' }]);
    expect(product.sbc.journal.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  it.each([
    ['bandwidth-sandbox', { muted: true }, 'MUTE_CALL'],
    ['sbc-sandbox', { end: 'HANG_UP' }, 'HANG_UP_CALL'],
    ['sbc-sandbox', { redirect: { url: 'https://example.com/' } }, 'REDIRECT_CALL'],
  ])('at %s costs nothing to ask %j of, which it cannot do', async (account, how, capability) => {
    const id = callId(account, `RN${'0'.repeat(32)}`);
    const { userErrors } = await change(id, how);
    expect(userErrors[0]).toMatchObject({ code: 'UNSUPPORTED_BY_PROVIDER' });
    expect(userErrors[0]?.message).toContain(capability);
    expect(userErrors[0]?.message).toContain(account);
    const { bandwidth, connect, sbc } = product;
    expect([bandwidth, connect, sbc].flatMap(({ journal }) => [...journal])).toEqual([]);
  });

  it('refuses what only another provider takes, naming it', async () => {
    const { data } = await product.ask<{ createCall: Payload }>(
      `mutation ($id: ID!) { createCall(input: { accountId: $id, from: "+19195550100", to: "+19195550123",
         answerUrl: "https://example.com/", bandwidth: { tag: "x" } }) { userErrors { code field } } }`,
      { id: accountId('connect-sandbox') },
    );
    expect(data.createCall.userErrors).toEqual([
      { code: 'UNSUPPORTED_BY_PROVIDER', field: ['input', 'bandwidth'] },
    ]);
  });
});
