import { describe, expect, it } from 'vitest';
import { connect, members } from './emulated.ts';
import { type Answer, type ReceivedWebhook, startReceiver, type WebhookReply, xml } from './receiver.ts';

const talk = xml('<Response><Play>http://app.example/hold.wav</Play></Response>');
const pairsOf = ({ body }: ReceivedWebhook) => [...new URLSearchParams(body)];
const formOf = (webhook: ReceivedWebhook) => Object.fromEntries(pairsOf(webhook));

/** A call with an application that answers so. `$` at the start of a parameter is the application's origin. */
async function called(answer: Answer, changes: Readonly<Record<string, string>>, options = {}) {
  const application = await startReceiver(answer);
  const emulated = await connect(options);
  const { carrier, clock, create, get } = emulated;
  const filled = Object.entries(changes).map(([name, value]) => [
    name,
    value.replace(/^\$/, application.origin),
  ]);
  const sid = String(members(await create(Object.fromEntries(filled))).sid);
  const advance = async (milliseconds: number) => {
    clock.advance(milliseconds);
    await carrier.webhooks.idle();
  };
  const { received } = application;
  const statuses = () => received.map((webhook) => formOf(webhook).CallStatus);
  const look = async () => members(await get(sid));
  return { ...emulated, application, received, sid, advance, statuses, look };
}

const callback = { StatusCallback: '$/status' };

describe('Connect leg callbacks', () => {
  it('tell initiated, ringing, answered and completed, each when it happens', async () => {
    const { advance, statuses } = await called(() => undefined, callback);
    const seen: unknown[] = [];
    for (const step of [99, 1, 399, 1, 2_099, 1, 119_899, 1]) {
      await advance(step);
      seen.push(statuses().length);
    }
    expect(seen).toEqual([0, 1, 1, 2, 2, 3, 3, 4]);
    expect(statuses()).toEqual(['initiated', 'ringing', 'answered', 'completed']);
  });

  it('have these parameters in this order', async () => {
    const { advance, received, sid, carrier } = await called(() => undefined, callback);
    await advance(200_000);
    const common = [
      ['InstanceId', sid.slice(0, 34)],
      ['AccountSid', carrier.accountSid],
      ['CallSid', sid],
      ['From', '+19195554321'],
      ['To', '+19195551234'],
      ['Direction', 'outbound-api'],
      ['CallerName', '+19195554321'],
      ['ForwardedFrom', ''],
    ];
    const end = (second: string, sequence: number) => [
      ['Timestamp', `Fri, 20 Nov 2026 12:0${second} Etc/UTC`],
      ['CallbackSource', 'call-progress-events'],
      ['SequenceNumber', String(sequence)],
    ];
    expect(received.map(pairsOf)).toEqual([
      [...common, ['CallStatus', 'initiated'], ...end('0:00', 0)],
      [...common, ['CallStatus', 'ringing'], ...end('0:00', 1)],
      [...common, ['CallStatus', 'answered'], ...end('0:02', 2)],
      [...common, ['CallStatus', 'completed'], ['CallDuration', '120'], ...end('2:02', 3)],
    ]);
    expect(received[0]?.body).toContain('&ForwardedFrom&CallStatus=');
    expect(received[0]?.body).toContain('&Timestamp=Fri%2C+20+Nov+2026+12%3A00%3A00+Etc%2FUTC&');
    const type = 'application/x-www-form-urlencoded; charset=UTF-8';
    expect(received[0]).toMatchObject({ method: 'POST', url: '/status', headers: { 'content-type': type } });
  });

  it('are all told, whichever StatusCallbackEvent names', async () => {
    const { advance, statuses } = await called(() => undefined, {
      ...callback,
      StatusCallbackEvent: 'completed',
    });
    await advance(200_000);
    expect(statuses()).toHaveLength(4);
  });

  it('move the query of the URL into the form with POST, behind all else', async () => {
    const { advance, received } = await called(() => undefined, { StatusCallback: '$/status?k=a%20b&To=x' });
    await advance(100);
    const [first] = received as [ReceivedWebhook];
    expect(first.url).toBe('/status');
    expect(pairsOf(first).slice(-2)).toEqual([
      ['k', 'a b'],
      ['To', 'x'],
    ]);
  });

  it('have everything in the query with GET, that of the URL last', async () => {
    const get = { StatusCallback: '$/status?k=v', StatusCallbackMethod: 'get' };
    const { advance, received } = await called(() => undefined, get);
    await advance(100);
    const [{ method, url, body }] = received as [ReceivedWebhook];
    expect([
      method,
      body,
      url.startsWith('/status?InstanceId=ID'),
      url.endsWith('&SequenceNumber=0&k=v'),
    ]).toEqual(['GET', '', true, true]);
  });

  it('are not sent by another method', async () => {
    const { advance, received } = await called(() => undefined, { ...callback, StatusCallbackMethod: 'PUT' });
    await advance(200_000);
    expect(received).toEqual([]);
  });

  it.each([
    ['+19195550486', 'BUSY', '0'],
    ['+19195550503', 'FAILED', '0'],
    ['+19195550408', 'canceled', '60'],
  ])('of a call to %s, which ends as %s, end with completed after %s s', async (To, status, duration) => {
    const { advance, received, statuses, look } = await called(() => undefined, { ...callback, To });
    await advance(100_000);
    expect(await look()).toMatchObject({ status });
    expect(statuses()).toEqual(['initiated', 'ringing', 'completed']);
    expect(formOf(received[2] as ReceivedWebhook).CallDuration).toBe(duration);
  });

  it('end without completed for NO_ANSWER', async () => {
    const unanswered = { ...callback, To: '+19195550408' };
    const { advance, statuses, look } = await called(() => undefined, unanswered, { ringTimer: true });
    await advance(100_000);
    expect(await look()).toMatchObject({ status: 'NO_ANSWER' });
    expect(statuses()).toEqual(['initiated', 'ringing']);
  });

  it('end with completed when the call is hung up by an update, once', async () => {
    const { advance, statuses, modify, sid, carrier } = await called(() => undefined, callback);
    await advance(3_000);
    await modify(sid, { Status: 'completed' });
    await carrier.webhooks.idle();
    await advance(200_000);
    expect(statuses()).toEqual(['initiated', 'ringing', 'answered', 'completed']);
  });

  it('wait for each other, for six seconds each, and are not sent again', async () => {
    const { application, clock, carrier } = await called(
      (_, count) => (count === 1 ? { silent: true } : undefined),
      callback,
    );
    clock.advance(500);
    await application.arrived(1);
    clock.advance(5_999);
    expect(application.received).toHaveLength(1);
    clock.advance(1);
    await application.arrived(2);
    await carrier.webhooks.idle();
    expect(carrier.webhooks.deliveries.map(({ event, result }) => [event, result]).slice(0, 2)).toEqual([
      ['initiated', 'timeout'],
      ['ringing', 204],
    ]);
  });

  it('send the credentials of the URL only after a challenge', async () => {
    const challenge = { status: 401, headers: { 'www-authenticate': 'Basic realm="x"' } };
    const answer: Answer = ({ headers }) => (headers.authorization === undefined ? challenge : undefined);
    const application = await startReceiver(answer);
    const { carrier, clock, create } = await connect();
    await create({ StatusCallback: `${application.origin.replace('//', '//u:p%40@')}/status` });
    clock.advance(100);
    await carrier.webhooks.idle();
    const basic = `Basic ${Buffer.from('u:p@').toString('base64')}`;
    expect(application.received.map(({ headers }) => headers.authorization)).toEqual([undefined, basic]);
  });
});

describe('Connect script request', () => {
  it('is sent once the call is answered, with these parameters in this order', async () => {
    const { advance, received, sid, carrier } = await called(() => talk, { Url: '$/rcml?k=v' });
    await advance(2_599);
    expect(received).toEqual([]);
    await advance(1);
    expect(received).toHaveLength(1);
    expect(received[0]).toMatchObject({ method: 'POST', url: '/rcml' });
    expect(pairsOf(received[0] as ReceivedWebhook)).toEqual([
      ['CallSid', sid],
      ['InstanceId', sid.slice(0, 34)],
      ['AccountSid', carrier.accountSid],
      ['From', '+19195554321'],
      ['To', '+19195551234'],
      ['CallStatus', 'in-progress'],
      ['ApiVersion', '2012-04-24'],
      ['Direction', 'outbound-api'],
      ['CallerName', 'null'],
      ['ForwardedFrom', 'null'],
      ['CallTimestamp', '2026-11-20T12:00:00.000Z'],
      ['k', 'v'],
    ]);
  });

  const chunked = (body: string, type = 'text/xml'): WebhookReply => ({
    status: 200,
    headers: { 'content-type': type },
    body,
    chunked: true,
  });
  it.each<[string, WebhookReply, string, string]>([
    ['well-formed XML', talk, 'in-progress', 'no'],
    ['an ampersand', xml('<Response><Say>you & me</Say></Response>'), 'in-progress', 'no'],
    ['no verb', xml('<Response><Speak/></Response>'), 'completed', 'no'],
    ['Hangup', xml('<Response><Hangup/></Response>'), 'completed', 'no'],
    ['an empty body', xml(''), 'completed', 'no'],
    ['broken XML with its length', xml('<Response>'), 'FAILED', 'yes'],
    ['broken XML in chunks', chunked('<Response>'), 'completed', 'no'],
    ['text in chunks', chunked('hello', 'text/plain'), 'in-progress', 'no'],
    ['no type', { status: 200, body: '<Response/>' }, 'completed', 'no'],
    ['another type', { ...talk, headers: { 'content-type': 'application/json' } }, 'in-progress', 'no'],
    ['201', { ...talk, status: 201 }, 'FAILED', 'yes'],
    ['204', { status: 204 }, 'FAILED', 'yes'],
    ['404', { status: 404 }, 'in-progress', 'yes'],
    ['500', { status: 500 }, 'FAILED', 'yes'],
    ['a reset', { reset: true }, 'FAILED', 'yes'],
    ['308', { status: 308, headers: { location: 'http://127.0.0.1:9/' } }, 'FAILED', 'yes'],
  ])('answered with %s leaves the call %s; the fallback is asked: %s', async (_, reply, status, asked) => {
    const answer: Answer = ({ path }) => (path === '/rcml' ? reply : talk);
    const alone = await called(answer, { Url: '$/rcml', StatusCallback: '$/status' });
    await alone.advance(2_600);
    const call = await alone.look();
    expect(call.status).toBe(status);
    expect(alone.statuses().includes('completed')).toBe(status !== 'in-progress');
    const saved = await called(answer, { Url: '$/rcml', FallbackUrl: '$/other', FallbackMethod: 'GET' });
    await saved.advance(2_600);
    const paths = saved.received.map(({ method, path }) => `${method} ${path}`);
    expect(paths).toEqual(asked === 'yes' ? ['POST /rcml', 'GET /other'] : ['POST /rcml']);
    expect((await saved.look()).status).toBe(asked === 'yes' ? 'in-progress' : status);
  });

  it('follows a redirect of a POST with the same method and parameters', async () => {
    let origin = '';
    const answer: Answer = ({ path }) =>
      path === '/rcml' ? { status: 302, headers: { location: `${origin}/moved?x=y` } } : talk;
    const { advance, received, application } = await called(answer, { Url: '$/rcml?k=v' });
    origin = application.origin;
    await advance(2_600);
    const [first, second] = received as [ReceivedWebhook, ReceivedWebhook];
    expect(second).toMatchObject({ method: 'POST', url: '/moved', body: `${first.body}&x=y` });
  });

  it('follows a live update half a second after it, whose StatusCallback is told the end', async () => {
    const { modify, sid, advance, received, application } = await called(() => talk, {});
    await advance(2_600);
    const { origin } = application;
    await modify(sid, { Url: `${origin}/next`, Method: 'GET', StatusCallback: `${origin}/told` });
    await advance(499);
    expect(received).toEqual([]);
    await advance(1);
    await advance(200_000);
    expect(received.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /next', 'POST /told']);
    const told = formOf(received[1] as ReceivedWebhook);
    expect(told).toMatchObject({ CallSid: sid, CallStatus: 'completed', ApiVersion: '2012-04-24' });
    expect(Object.keys(told)).not.toContain('SequenceNumber');
  });
});
