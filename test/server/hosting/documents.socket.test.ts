import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { callId } from '../../support/client-ids.ts';
import { createVariables } from '../../support/new-call.ts';
import { type Product, startProduct } from '../../support/product.ts';

interface Payload {
  readonly replayed?: boolean;
  readonly call: { readonly id: string; readonly providerCallId: string } | null;
  readonly userErrors: readonly {
    readonly code: string;
    readonly message: string;
    readonly field: readonly string[];
  }[];
  readonly losses: readonly { readonly rule: string; readonly line: number }[];
}

const hello = '<Bxml>\n  <SpeakSentence>Hello &amp; welcome.</SpeakSentence>\n</Bxml>';
const selection = 'call { id providerCallId } userErrors { code message field } losses { rule line }';

let product: Product;
beforeAll(async () => {
  product = await startProduct({ sandbox: 0 });
});
beforeEach(() => {
  for (const { journal, faults } of [product.bandwidth, product.connect]) {
    journal.clear();
    faults.clear();
  }
});
afterAll(() => product.close());

async function create({ ask }: Product, account: string, bxml: string, more: object = {}) {
  const document = { bxml, onLoss: 'ACCEPT' };
  const { data } = await ask<{ createCall: Payload }>(
    `mutation ($input: CreateCallInput!) { createCall(input: $input) { replayed ${selection} } }`,
    createVariables(account, { answerUrl: undefined, document, ...more }),
  );
  return data.createCall;
}

async function replace({ ask }: Product, id: string, bxml: string, onLoss = 'ACCEPT') {
  const { data } = await ask<{ updateCallBxml: Payload }>(
    `mutation ($input: UpdateCallBxmlInput!) { updateCallBxml(input: $input) { ${selection} } }`,
    { input: { id, bxml, onLoss } },
  );
  return data.updateCallBxml;
}

/** The address in the last request that placed or changed a call. */
function addressGiven({ bandwidth, connect }: Product): URL {
  const of = ({ journal }: typeof bandwidth | typeof connect) =>
    journal.filter(({ method, path }) => method === 'POST' && /\/calls/i.test(path)).at(-1);
  const { body = '' } = of(connect) ?? of(bandwidth) ?? {};
  return new URL(body.startsWith('{') ? JSON.parse(body).answerUrl : new URLSearchParams(body).get('Url'));
}

async function read(url: URL | string, init?: RequestInit) {
  const response = await fetch(url, init);
  return [response.status, response.headers.get('content-type'), await response.text()];
}

const hangup = '<?xml version="1.0" encoding="UTF-8"?><Response><Hangup/></Response>';

describe('a call with a document', () => {
  it('is placed with an address of this server, where its provider finds the document in its language', async () => {
    expect(await create(product, 'bandwidth-sandbox', hello)).toMatchObject({ userErrors: [], losses: [] });
    const ofBandwidth = addressGiven(product);
    expect(ofBandwidth.origin).toBe(new URL(product.url).origin);
    expect(ofBandwidth.pathname).toMatch(/^\/documents\/[\w-]{62}$/);
    const asSent = [200, 'application/xml; charset=utf-8', hello];
    expect(await read(ofBandwidth)).toEqual(asSent);
    expect(await read(ofBandwidth, { method: 'POST', body: '{"eventType":"answer"}' })).toEqual(asSent);

    await create(product, 'connect-sandbox', hello);
    const form = new URLSearchParams({ CallSid: 'CA1', ForwardedFrom: '' });
    const [status, type, text] = await read(addressGiven(product), { method: 'POST', body: form });
    expect([status, type]).toEqual([200, 'text/xml; charset=utf-8']);
    expect(text).toMatch(/<Response>\s*<Say [^>]*>Hello &amp; welcome\.<\/Say>\s*<\/Response>/);
  });

  it('rings, and runs it: the emulated providers end the call when it has been said', async () => {
    for (const account of ['bandwidth-sandbox', 'connect-sandbox']) {
      const { call } = await create(product, account, '<Bxml><Hangup/></Bxml>');
      const look = async () => {
        product.clock.advance(1_000);
        const { data } = await product.ask<{ call: { status: string } }>(
          'query ($id: ID!) { call(id: $id) { status } }',
          { id: call?.id },
        );
        return data.call.status;
      };
      await expect.poll(look, { interval: 5, timeout: 10_000 }).toBe('COMPLETED');
    }
  });

  it('is refused unless it has exactly one of answerUrl and document', async () => {
    for (const more of [{ document: undefined }, { answerUrl: 'https://example.com/answer' }]) {
      const [error] = (await create(product, 'bandwidth-sandbox', hello, more)).userErrors;
      expect(error).toMatchObject({ code: 'INVALID_INPUT', field: ['input', 'answerUrl'] });
      expect(error?.message).toMatch(
        /^Exactly one of `answerUrl` and `document` must be given; (neither is|both are)\.$/,
      );
    }
    expect(product.bandwidth.journal).toHaveLength(0);
  });

  it('is refused with its place when it is not BXML, and where the provider cannot run it', async () => {
    const field = ['input', 'document', 'bxml'];
    expect((await create(product, 'connect-sandbox', '<Bxml>\n  <Pause></Bxml>')).userErrors).toMatchObject([
      { code: 'INVALID_INPUT', field, message: expect.stringContaining('line 2') },
    ]);
    const relative = '<Bxml><Redirect redirectUrl="/next"/></Bxml>';
    for (const account of ['bandwidth-sandbox', 'connect-sandbox']) {
      const [error] = (await create(product, account, relative)).userErrors;
      expect(error).toMatchObject({
        code: 'INVALID_INPUT',
        field,
        message: expect.stringContaining('relative'),
      });
    }
    const streams = '<Bxml>\n  <StopStream name="s"/>\n</Bxml>';
    expect((await create(product, 'connect-sandbox', streams)).userErrors).toMatchObject([
      { code: 'UNSUPPORTED_BY_PROVIDER', field, message: expect.stringContaining('(line 2, column 3)') },
    ]);
    expect((await create(product, 'sbc-sandbox', hello)).userErrors).toMatchObject([
      { code: 'UNSUPPORTED_BY_PROVIDER', field: ['input', 'document'] },
    ]);
    expect(product.connect.journal).toHaveLength(0);
  });

  it('needs an address of this server that providers reach', async () => {
    const product = await startProduct();
    onTestFinished(() => product.close());
    for (const account of ['bandwidth', 'connect']) {
      expect((await create(product, account, hello)).userErrors).toMatchObject([
        { code: 'UNSUPPORTED_BY_PROVIDER', message: expect.stringContaining('`publicUrl`') },
      ]);
    }
    const { data } = await product.ask<{ accounts: { key: string; capabilities: string[] }[] }>(
      '{ accounts { key capabilities } }',
    );
    const able = data.accounts.filter(({ capabilities }) => capabilities.includes('UPDATE_BXML'));
    expect(able.map(({ key }) => key)).toEqual(['bandwidth']);
  });

  it('is placed once per idempotency key, which stands for the document, too', async () => {
    const once = (bxml: string) => create(product, 'connect-sandbox', bxml, { idempotencyKey: 'order-1' });
    const first = await once(hello);
    expect(await once(hello)).toEqual({ ...first, replayed: true });
    expect((await once('<Bxml/>')).userErrors).toMatchObject([{ code: 'CONFLICT' }]);
    expect(product.connect.journal).toHaveLength(1);
  });

  it('leaves no document when it is refused', async () => {
    const { faults } = product.bandwidth;
    faults.add({ when: ({ path }) => path.endsWith('/calls'), do: { kind: 'status', status: 400 } });
    expect((await create(product, 'bandwidth-sandbox', hello)).userErrors).toHaveLength(1);
    expect((await read(addressGiven(product)))[2]).toBe(hangup);
  });
});

describe('an address of which there is no document', () => {
  it('ends the call, with status 200: a call at Restcomm would stay up and silent', async () => {
    await create(product, 'bandwidth-sandbox', hello);
    const url = addressGiven(product);
    const other = url.href.replace('/documents/', '/callbacks/');
    const forged = [`${url.href.slice(0, -1)}-`, `${url.href}0`, new URL('/documents/', url), other];
    for (const each of forged) {
      expect(await read(each)).toEqual([200, 'text/xml; charset=utf-8', hangup]);
      expect((await read(each, { method: 'POST', body: 'x'.repeat(70_000) }))[2]).toBe(hangup);
    }
  });
});

describe('a live call at Restcomm', () => {
  it('is sent to a document, and stays muted', async () => {
    const { call } = await create(product, 'connect-sandbox', '<Bxml><Pause duration="60"/></Bxml>');
    const id = call?.id ?? '';
    product.clock.advance(20_000);
    const { data } = await product.ask<{ updateCall: Payload }>(
      'mutation ($input: UpdateCallInput!) { updateCall(input: $input) { userErrors { code } } }',
      { input: { id, change: { muted: true } } },
    );
    expect(data.updateCall.userErrors).toEqual([]);
    expect(await replace(product, id, hello)).toMatchObject({ call: { id }, userErrors: [] });
    const { body } = product.connect.journal.filter(({ method }) => method === 'POST').at(-1) ?? {};
    expect(Object.fromEntries(new URLSearchParams(body))).toMatchObject({ Method: 'POST', Mute: 'true' });
    expect((await read(addressGiven(product)))[2]).toContain('Hello &amp; welcome.');
  });

  it('that is not there is told of, and its document is gone', async () => {
    const unknown = callId('connect-sandbox', `ID${'0'.repeat(32)}-CA${'0'.repeat(32)}`);
    expect((await replace(product, unknown, hello)).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect((await read(addressGiven(product)))[2]).toBe(hangup);
  });
});
