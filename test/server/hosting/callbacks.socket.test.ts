import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createVariables } from '../../support/new-call.ts';
import { type Product, startProduct } from '../../support/product.ts';

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

let product: Product;
let origin = '';
beforeAll(async () => {
  product = await startProduct({ sandbox: 0 });
  await new Promise<void>((resolve) => application.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(application.address() as AddressInfo).port}`;
});
beforeEach(() => {
  answers.clear();
  told.length = 0;
});
afterAll(async () => {
  await product.close();
  application.close();
});

const bxml = (verbs: string) => `<Bxml>${verbs.replaceAll('$', origin)}</Bxml>`;
const hangup = '<?xml version="1.0" encoding="UTF-8"?><Response><Hangup/></Response>';
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
