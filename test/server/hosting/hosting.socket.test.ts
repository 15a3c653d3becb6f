import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
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

interface Told {
  readonly path: string;
  readonly authorization: string | undefined;
  /** The JSON of a POST, the query of a GET. */
  readonly event: Record<string, unknown>;
}
type Answer = readonly [status: number, body: string];

/** An application that is written for Bandwidth: what it answers, by path, and what it has been told. */
const answers = new Map<string, Answer>();
const told: Told[] = [];
const application = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { pathname: path, searchParams } = new URL(request.url ?? '', 'http://a');
  const { authorization } = request.headers;
  const isPost = request.method === 'POST';
  const event = isPost ? JSON.parse(`${Buffer.concat(chunks)}`) : Object.fromEntries(searchParams);
  told.push({ path, authorization, event });
  if (path === '/cut') return void response.destroy();
  const isRefused = path.startsWith('/protected') && authorization === undefined;
  if (isRefused) return void response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end();
  const [status, body] = answers.get(path) ?? [200, bxml('<Hangup/>')];
  response.writeHead(status, { 'content-type': 'application/xml' }).end(body);
});

let origin = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => application.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(application.address() as AddressInfo).port}`;
});
beforeEach(() => {
  answers.clear();
  told.length = 0;
});
afterAll(() => void application.close());

const bxml = (verbs: string) => `<Bxml>${verbs.replaceAll('$', origin)}</Bxml>`;
const scriptFields = {
  CallSid: 'ID1-CA1',
  AccountSid: 'AC1',
  From: '+19195550100',
  To: '+19195550123',
  CallStatus: 'in-progress',
  Direction: 'outbound-api',
  CallerName: 'null',
  ForwardedFrom: '',
  CallTimestamp: '2026-09-14T08:30:01.250Z',
};
const common = {
  accountId: 'ACae6e420f425248d6a26948c17a9e2acf',
  callId: 'ID1-CA1',
  from: '+19195550100',
  to: '+19195550123',
  direction: 'outbound',
  enqueuedTime: '2026-09-14T08:30:01.250Z',
};

/** What Restcomm gets at an address. */
async function ask(url: string | undefined, fields: object = {}): Promise<string> {
  const body = new URLSearchParams({ ...scriptFields, ...fields });
  const response = await fetch(url ?? '', { method: 'POST', body });
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/xml; charset=utf-8']);
  return response.text();
}

/** Places a call with these verbs at Restcomm Connect; the document that Restcomm fetches. */
async function place(verbs: string): Promise<string> {
  const document = { bxml: bxml(verbs), onLoss: 'ACCEPT' };
  const { data } = await product.ask<{ createCall: { userErrors: unknown[] } }>(
    'mutation ($input: CreateCallInput!) { createCall(input: $input) { userErrors { message } } }',
    createVariables('connect-sandbox', { answerUrl: undefined, document }),
  );
  expect(data.createCall.userErrors).toEqual([]);
  const { body } = product.connect.journal.filter(({ method }) => method === 'POST').at(-1) ?? {};
  return ask(new URLSearchParams(body).get('Url') ?? undefined);
}

/** The addresses of ours in a document, in order. */
const urlsIn = (rcml: string) => rcml.match(/http:[^"<]+\/(?:callbacks|documents)\/[\w-]+/g) ?? [];
const actionIn = (rcml: string) => /action="([^"]+)"/.exec(rcml)?.[1];

describe('a callback of a document', () => {
  it('is told to the application as an event of Bandwidth, and its BXML goes back as RCML', async () => {
    answers.set('/app/menu', [200, bxml('<Gather gatherUrl="next?x=1" maxDigits="4"/>')]);
    const first = await place('<Gather gatherUrl="$/app/menu" maxDigits="1" tag="a&amp;b"/>');
    const second = await ask(actionIn(first), { Digits: '7', SpeechResult: '' });
    expect(told).toEqual([
      {
        path: '/app/menu',
        authorization: undefined,
        event: {
          ...common,
          eventType: 'gather',
          eventTime: expect.stringMatching(/^\d{4}-.*Z$/),
          digits: '7',
          terminatingDigit: '',
          tag: 'a&b',
        },
      },
    ]);
    expect(second).toContain('numDigits="4"');
    // Relative to where the document came from; the tag holds. Nothing entered is an event, too.
    expect(await ask(urlsIn(second).at(-1))).toContain('<Hangup');
    expect(told[1]).toMatchObject({ path: '/app/next', event: { digits: '', tag: 'a&b' } });
  });

  it('shows credentials when they are asked for', async () => {
    const first = await place('<Redirect redirectUrl="$/protected" username="u" password="p"/>');
    await ask(urlsIn(first)[0]);
    const authorization = `Basic ${Buffer.from('u:p').toString('base64')}`;
    expect(told.map((each) => each.authorization)).toEqual([undefined, authorization]);
    expect(told[1]?.event).toEqual({ ...common, eventType: 'redirect', eventTime: expect.any(String) });
  });

  it('is a GET where the document says so', async () => {
    const first = await place('<Gather gatherUrl="$/get?a=b" gatherMethod="GET"/>');
    await ask(actionIn(first), { Digits: '12' });
    expect(told[0]).toMatchObject({ path: '/get', event: { a: 'b', eventType: 'gather', digits: '12' } });
  });

  it.each<[string, Answer | undefined]>([
    ['fails', [500, '<Bxml/>']],
    ['is not found', [404, '<Bxml/>']],
    ['has no document', [200, '']],
    ['has something else', [200, '{"hello":1}']],
    ['has a document that is not BXML', [200, '<Bxml><Pause></Bxml>']],
    ['has one that cannot be translated', [200, '<Bxml><StopGather/></Bxml>']],
    ['has one that is too long', [200, `<Bxml><!--${'x'.repeat(65_536)}--></Bxml>`]],
    ['closes the connection', undefined],
  ])('goes to the fallback if the application %s, and else the call is hung up', async (_, answer) => {
    if (answer !== undefined) answers.set('/main', answer);
    answers.set('/spare', [200, bxml('<SpeakSentence>Spare</SpeakSentence>')]);
    const main = answer === undefined ? '$/cut' : '$/main';
    const fallback = 'redirectFallbackUrl="$/spare" redirectFallbackMethod="GET"';
    const first = await place(`<Redirect redirectUrl="${main}" ${fallback}/>`);
    expect(await ask(urlsIn(first)[0])).toContain('Spare');
    expect(told.at(-1)).toMatchObject({ path: '/spare', event: { eventType: 'redirect' } });
    const alone = await place(`<Redirect redirectUrl="${main}"/>`);
    expect(await ask(urlsIn(alone)[0])).toBe(hangup);
  });

  it('is not told when the caller has hung up during a Record, but that the recording is there', async () => {
    const record = '<Record recordCompleteUrl="$/done" recordingAvailableUrl="$/available"/>';
    const first = await place(record);
    const fields = { PublicRecordingUrl: 'http://media/RE1.wav', RecordingDuration: '4.32' };
    expect(await ask(actionIn(first), { ...fields, Digits: 'hangup' })).not.toContain('Say');
    await expect.poll(() => told.map(({ path }) => path)).toEqual(['/available']);
    const recording = {
      recordingId: 'RE1',
      mediaUrl: 'http://media/RE1.wav',
      duration: 'PT4.32S',
      fileFormat: 'wav',
      channels: 1,
    };
    expect(told[0]?.event).toMatchObject({
      eventType: 'recordingAvailable',
      status: 'complete',
      ...recording,
    });
    await ask(actionIn(first), { ...fields, Digits: '#' });
    await expect
      .poll(() => told.map(({ path }) => path).sort())
      .toEqual(['/available', '/available', '/done']);
    const done = told.find(({ path }) => path === '/done');
    expect(done?.event).toMatchObject({ eventType: 'recordComplete', ...recording });
  });

  it('tells of the end of a transfer once, with its cause, and of the end of the leg', async () => {
    const number = '<PhoneNumber transferDisconnectUrl="$/leg">+12015550103</PhoneNumber>';
    const transfer = (path: string) => `<Transfer transferCompleteUrl="$${path}">${number}</Transfer>`;
    const first = await place(transfer('/busy'));
    await ask(actionIn(first), { DialCallStatus: 'busy', DialCallSid: 'CA2' });
    expect(told[0]).toMatchObject({
      path: '/busy',
      event: { eventType: 'transferComplete', cause: 'busy', transferTo: '+12015550103' },
    });
    const leg = /statusCallback="([^"]+)"/.exec(first)?.[1];
    await ask(leg, { CallSid: 'CA2', ParentCallSid: 'ID1-CA1', To: '+12015550103', CallDuration: '9' });
    await expect
      .poll(() => told[1]?.event)
      .toMatchObject({
        eventType: 'transferDisconnect',
        callId: 'CA2',
        parentCallId: 'ID1-CA1',
        transferTo: '+12015550103',
        cause: 'hangup',
      });
    // Restcomm runs no answer to this, but what follows the Dial.
    told.length = 0;
    const redirect = await ask(actionIn(first), { DialCallStatus: 'failed', DialCallSid: 'null' });
    expect(redirect).toContain('<Redirect');
    expect(told).toEqual([]);
    await ask(urlsIn(redirect)[0]);
    expect(told[0]).toMatchObject({
      path: '/busy',
      event: { eventType: 'transferComplete', cause: 'error' },
    });
  });

  it('at an address that was not made here ends the call, as does that of a document', async () => {
    const [url = ''] = urlsIn(await place('<Redirect redirectUrl="$/main"/>'));
    const secret = url.split('/').at(-1) ?? '';
    for (const at of [0, 10, 39, 41, 61]) {
      const other = secret[at] === 'A' ? 'B' : 'A';
      expect(await ask(url.replace(secret, secret.slice(0, at) + other + secret.slice(at + 1)))).toBe(hangup);
    }
    expect(await ask(url.replace('/callbacks/', '/documents/'))).toBe(hangup);
    expect(told).toEqual([]);
  });
});

describe('an application that is written for Bandwidth', () => {
  it('runs on both providers: a menu', async () => {
    const menu = '<SpeakSentence>Press one.</SpeakSentence>';
    const gather = `<Gather gatherUrl="$/chosen" maxDigits="1" firstDigitTimeout="5" interDigitTimeout="5" terminatingDigits="#">${menu}</Gather>`;
    answers.set('/chosen', [200, bxml('<SpeakSentence>Thank you.</SpeakSentence><Hangup/>')]);
    const lines: (readonly string[])[] = [];
    for (const [account, carrier] of [
      ['bandwidth-sandbox', product.bandwidth],
      ['connect-sandbox', product.connect],
    ] as const) {
      carrier.callees.set('+19195550123', { turns: [{ presses: '1' }] });
      const document = { bxml: bxml(gather), onLoss: 'ACCEPT' };
      const { data } = await product.ask<{ createCall: { call: { providerCallId: string } } }>(
        'mutation ($input: CreateCallInput!) { createCall(input: $input) { call { providerCallId } } }',
        createVariables(account, { answerUrl: undefined, document }),
      );
      const { providerCallId } = data.createCall.call;
      const isOver = () => carrier.transcript.of(providerCallId).at(-1) === 'hung up';
      do await carrier.webhooks.idle();
      while (!isOver() && product.clock.advanceToNext());
      lines.push(carrier.transcript.of(providerCallId).filter((line) => line !== 'redirected'));
    }
    expect(lines[0]).toEqual(['said "Press one."', 'gathered 1', 'said "Thank you."', 'hung up']);
    expect(lines[1]).toEqual(lines[0]);
    // The calls of the other tests go on meanwhile.
    const gathered = told.filter(({ path }) => path === '/chosen').map(({ event }) => event.digits);
    expect(gathered).toEqual(['1', '1']);
  });
});
