import { describe, expect, it } from 'vitest';
import { bandwidth, members } from './emulated.ts';
import { type Answer, type ReceivedWebhook, startReceiver, type WebhookReply, xml } from './receiver.ts';

const long = xml('<?xml version="1.0" encoding="UTF-8"?><Response><Pause duration="3600"/></Response>');
const at = (milliseconds: number) =>
  new Date(Date.parse('2026-11-20T12:00:00.000Z') + milliseconds).toISOString();
const eventOf = ({ body }: ReceivedWebhook) => JSON.parse(body) as Record<string, unknown>;

/** A call with its answerUrl and disconnectUrl at an application that answers so; the clock is at the answer. */
async function called(answer: Answer, changes: Readonly<Record<string, unknown>> = {}, options = {}) {
  const application = await startReceiver(answer);
  const emulated = await bandwidth(options);
  const { carrier, clock, create, get } = emulated;
  const urls = { answerUrl: `${application.origin}/answer`, disconnectUrl: `${application.origin}/end` };
  const created = members(await create({ ...urls, ...fill(changes, application.origin) }));
  const callId = String(created.callId);
  const advance = async (milliseconds: number) => {
    clock.advance(milliseconds);
    await carrier.webhooks.idle();
  };
  await advance(2_500);
  const { received } = application;
  return {
    ...emulated,
    application,
    received,
    callId,
    advance,
    look: async () => members(await get(callId)),
    events: () => received.map((webhook) => (webhook.body === '' ? webhook.url : eventOf(webhook).eventType)),
  };
}

/** Replaces `$` at the start of a URL by the origin of the application. */
function fill(changes: Readonly<Record<string, unknown>>, origin: string) {
  const put = (value: unknown) => (typeof value === 'string' ? value.replace(/^\$/, origin) : value);
  return Object.fromEntries(Object.entries(changes).map(([name, value]) => [name, put(value)]));
}

describe('Bandwidth answer webhook', () => {
  it('is a POST of JSON to the answerUrl once the call is answered, and nothing is sent before', async () => {
    const { received, callId, carrier } = await called(() => long, { tag: 'order-77' });
    expect(received).toHaveLength(1);
    const [webhook] = received as [ReceivedWebhook];
    expect(webhook).toMatchObject({ method: 'POST', url: '/answer' });
    expect(webhook.headers).toMatchObject({ 'content-type': 'application/json' });
    expect(eventOf(webhook)).toEqual({
      eventType: 'answer',
      eventTime: at(2_500),
      accountId: carrier.accountId,
      applicationId: carrier.applicationId,
      from: '+19195554321',
      to: '+19195551234',
      direction: 'outbound',
      callId,
      callUrl: `${carrier.baseUrl}/accounts/${carrier.accountId}/calls/${callId}`,
      enqueuedTime: at(0),
      startTime: at(500),
      answerTime: at(2_500),
      tag: 'order-77',
    });
  });

  it('has no tag where none was given', async () => {
    const { received } = await called(() => long);
    expect(Object.keys(eventOf(received[0] as ReceivedWebhook))).not.toContain('tag');
  });

  it('has members that nobody documented where that is switched on', async () => {
    const { received } = await called(() => long, {}, { extraKeys: true });
    expect(eventOf(received[0] as ReceivedWebhook)).toMatchObject({
      privacy: false,
      unheardOf: { of: ['this'] },
    });
  });

  it('carries its members in the query with GET, behind those of the URL', async () => {
    const { received, callId } = await called(() => long, { answerMethod: 'GET', answerUrl: '$/answer?k=v' });
    const [{ method, url, body }] = received as [ReceivedWebhook];
    expect([method, body, url.slice(0, 29)]).toEqual(['GET', '', '/answer?k=v&eventType=answer&']);
    expect(new URLSearchParams(url.slice(7)).get('callId')).toBe(callId);
  });

  it('leaves the call to the far end for as long as the BXML lasts', async () => {
    const { advance, look, events } = await called(() => long);
    await advance(119_999);
    expect(await look()).toMatchObject({ state: 'answered' });
    await advance(1);
    expect(await look()).toMatchObject({ state: 'disconnected', disconnectCause: 'hangup' });
    expect(events()).toEqual(['answer', 'disconnect']);
  });

  it('ends the call when the BXML runs out', async () => {
    const { advance, look } = await called(() => xml('<Response><Pause duration="3"/></Response>'));
    await advance(8_000);
    expect(await look()).toMatchObject({
      state: 'disconnected',
      endTime: at(10_500),
      disconnectCause: 'hangup',
    });
  });

  it.each<[string, WebhookReply]>([
    ['an empty Response', xml('<Response/>')],
    ['Hangup', xml('<Response><Hangup/></Response>')],
    ['204', { status: 204 }],
    ['200 without a body', { status: 200, body: '' }],
  ])('answered with %s hangs up', async (_, reply) => {
    const { look, events } = await called((_webhook, count) => (count === 1 ? reply : undefined));
    expect(await look()).toMatchObject({ disconnectCause: 'hangup', endTime: at(2_500), errorMessage: null });
    expect(events()).toEqual(['answer', 'disconnect']);
  });

  it('answered without a body lets the call go on where that is switched on', async () => {
    const { look } = await called(() => undefined, {}, { emptyReplyLasts: 60_000 });
    expect(await look()).toMatchObject({ state: 'answered' });
  });

  it.each<[string, WebhookReply]>([
    ['text that is not XML', xml('hello')],
    ['XML that is not closed', xml('<Response><Pause></Response>')],
    ['another root', xml('<Twiml/>')],
    ['an unknown verb', xml('<Response><Say>Hello</Say></Response>')],
    ['more than 64 KB', xml(`<Response>${' '.repeat(65_536)}</Response>`)],
  ])('answered with %s ends the call with invalid-bxml, and the fallback is not asked', async (_, reply) => {
    const answer: Answer = ({ path }) => (path === '/answer' ? reply : undefined);
    const { look, events } = await called(answer, { answerFallbackUrl: '$/fallback' });
    const call = await look();
    expect(call).toMatchObject({ disconnectCause: 'invalid-bxml', answerTime: at(2_500) });
    expect([call.errorMessage, call.errorId]).toEqual([
      expect.any(String),
      expect.stringMatching(/^[0-9a-f-]{36}$/),
    ]);
    expect(events()).toEqual(['answer', 'disconnect']);
  });

  it.each<[string, WebhookReply]>([
    ['404', xml('<Response><Pause/></Response>', 404)],
    ['500', { status: 500 }],
    ['a redirect', { status: 302, headers: { location: '/other' } }],
    ['a reset connection', { reset: true }],
  ])('answered with %s ends the call with callback-error', async (_, reply) => {
    const { look, received } = await called(({ path }) => (path === '/answer' ? reply : undefined));
    expect(await look()).toMatchObject({ disconnectCause: 'callback-error', errorId: expect.any(String) });
    expect(received.map(({ path }) => path)).toEqual(['/answer', '/end']);
  });

  it('is sent to the fallback once if the answerUrl fails, by its own method', async () => {
    const answer: Answer = ({ path }) => (path === '/fallback' ? long : { status: 503 });
    const fallback = { answerFallbackUrl: '$/fallback', answerFallbackMethod: 'GET' };
    const { look, received } = await called(answer, fallback);
    expect(received.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /answer',
      'GET /fallback',
    ]);
    expect(await look()).toMatchObject({ state: 'answered' });
  });

  it('ends the call if the fallback fails too', async () => {
    const { look, received } = await called(() => ({ status: 503 }), { answerFallbackUrl: '$/fallback' });
    expect(received.map(({ path }) => path)).toEqual(['/answer', '/fallback', '/end']);
    expect(await look()).toMatchObject({ disconnectCause: 'callback-error' });
  });

  it('waits for callbackTimeout, and the call waits with it', async () => {
    const application = await startReceiver(({ path }) =>
      path === '/answer' ? { silent: true } : undefined,
    );
    const { carrier, clock, create, get } = await bandwidth();
    const urls = { answerUrl: `${application.origin}/answer`, disconnectUrl: `${application.origin}/end` };
    const callId = String(members(await create({ ...urls, callbackTimeout: 2.5 })).callId);
    clock.advance(2_500);
    await application.arrived(1);
    clock.advance(2_499);
    expect(await get(callId)).toMatchObject({ data: { state: 'answered' } });
    clock.advance(1);
    await application.arrived(2);
    expect(await get(callId)).toMatchObject({
      data: { disconnectCause: 'callback-error', endTime: at(5_000) },
    });
    await carrier.webhooks.idle();
    expect(carrier.webhooks.deliveries.map(({ result }) => result)).toEqual(['timeout', 204]);
  });

  it('is ignored if the call has got other BXML in the meantime', async () => {
    const { carrier, clock, create, bxml, get } = await bandwidth();
    carrier.webhooks.faults.add({ when: { event: 'answer' }, do: { kind: 'delay', ms: 5_000 } });
    const application = await startReceiver(() => xml('<Response/>'));
    const callId = String(members(await create({ answerUrl: `${application.origin}/answer` })).callId);
    clock.advance(2_500);
    expect(await bxml(callId, '<Response><Pause duration="60"/></Response>')).toMatchObject({ status: 204 });
    clock.advance(5_000);
    await application.arrived(1);
    await carrier.webhooks.idle();
    expect(await get(callId)).toMatchObject({ data: { state: 'answered' } });
  });
});

describe('Bandwidth disconnect webhook', () => {
  it('has the end and the cause, and what the answer has', async () => {
    const { advance, received } = await called(() => long, { tag: 'order-77' });
    await advance(120_000);
    const [answered, ended] = received.map(eventOf) as [Record<string, unknown>, Record<string, unknown>];
    const more = { eventTime: at(122_500), endTime: at(122_500), cause: 'hangup' };
    expect(ended).toEqual({ ...answered, ...more, eventType: 'disconnect' });
  });

  it.each([
    ['+19195550486', 'busy', 'Callee is busy', 486],
    ['+19195550603', 'rejected', 'Callee rejected the call', 603],
    ['+19195550408', 'timeout', 'Call was not answered', undefined],
  ])(
    'is the only event of a call to %s, without answerTime, with the cause %s',
    async (to, cause, errorMessage, sip) => {
      const { advance, received } = await called(() => undefined, { to });
      await advance(60_000);
      expect(received).toHaveLength(1);
      const event = eventOf(received[0] as ReceivedWebhook);
      expect(event).toMatchObject({ cause, errorMessage, errorId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
      expect(event.sipResponseCode).toBe(sip);
      expect(Object.keys(event)).not.toContain('answerTime');
    },
  );

  it('of a call that was taken out of the queue has the cause cancel and no startTime', async () => {
    const application = await startReceiver();
    const { carrier, create, update } = await bandwidth();
    const callId = String(members(await create({ disconnectUrl: `${application.origin}/end` })).callId);
    await update(callId, { state: 'completed' });
    await application.arrived(1);
    await carrier.webhooks.idle();
    const event = eventOf(application.received[0] as ReceivedWebhook);
    expect(event).toMatchObject({ eventType: 'disconnect', cause: 'cancel', endTime: at(0) });
    expect(Object.keys(event)).not.toContain('startTime');
  });

  it('is not sent for a call created without a disconnectUrl', async () => {
    const { advance, events } = await called(() => long, { disconnectUrl: undefined });
    await advance(120_000);
    expect(events()).toEqual(['answer']);
  });

  it('is a GET where disconnectMethod says so', async () => {
    const { advance, received } = await called(() => long, { disconnectMethod: 'GET' });
    await advance(120_000);
    expect(received[1]).toMatchObject({ method: 'GET', path: '/end' });
    expect(new URLSearchParams(received[1]?.url.split('?')[1]).get('cause')).toBe('hangup');
  });

  it('is sent again once after a connection error, and not after a status', async () => {
    const { advance, received } = await called(({ path }) => (path === '/end' ? { reset: true } : long));
    await advance(120_000);
    expect(received.map(({ path }) => path)).toEqual(['/answer', '/end', '/end']);
    const other = await called(({ path }) => (path === '/end' ? { status: 503 } : long));
    await other.advance(120_000);
    expect(other.received.map(({ path }) => path)).toEqual(['/answer', '/end']);
  });

  it('carries the credentials of the create only after a challenge', async () => {
    const challenge = { status: 401, headers: { 'www-authenticate': 'Basic realm="x"' } };
    const answer: Answer = ({ headers }) => (headers.authorization === undefined ? challenge : undefined);
    const secure = { answerUrl: 'https://app.example/answer', username: 'u', password: 'p:ä' };
    const { advance, received } = await called(answer, secure);
    await advance(120_000);
    const basic = `Basic ${Buffer.from('u:p:ä').toString('base64')}`;
    expect(received.map(({ headers }) => headers.authorization)).toEqual([undefined, basic]);
    expect(received[1]?.body).toBe(received[0]?.body);
  });

  it('is not sent again after a 401 without a challenge', async () => {
    const secure = { answerUrl: 'https://app.example/answer', username: 'u', password: 'p' };
    const { advance, received } = await called(() => ({ status: 401 }), secure);
    await advance(120_000);
    expect(received).toHaveLength(1);
  });
});

describe('Bandwidth redirect webhook', () => {
  it('asks the redirectUrl of an update for BXML, with the tag of the update', async () => {
    const script = xml('<Response><Pause duration="30"/></Response>');
    const call = await called(({ path }) => (path === '/next' ? script : long), { tag: 'first' });
    const { update, callId, application, carrier, advance, look } = call;
    const redirectUrl = `${application.origin}/next`;
    expect(await update(callId, { redirectUrl, tag: 'second' })).toMatchObject({ status: 200 });
    await carrier.webhooks.idle();
    const event = eventOf(application.received[1] as ReceivedWebhook);
    expect(event).toMatchObject({ eventType: 'redirect', answerTime: at(2_500), tag: 'second' });
    await advance(35_000);
    expect(await look()).toMatchObject({
      state: 'disconnected',
      endTime: at(37_500),
      disconnectCause: 'hangup',
    });
    expect(eventOf(application.received[2] as ReceivedWebhook)).toMatchObject({ tag: 'second' });
  });

  it('that cannot be delivered ends the call after the 200 of the update', async () => {
    const { update, callId, application, carrier, look } = await called(({ path }) =>
      path === '/answer' ? long : { status: 500 },
    );
    const redirect = {
      redirectUrl: `${application.origin}/next`,
      redirectFallbackUrl: `${application.origin}/other`,
      tag: '',
    };
    expect(await update(callId, redirect)).toMatchObject({ status: 200 });
    await carrier.webhooks.idle();
    expect(application.received.map(({ path }) => path)).toEqual(['/answer', '/next', '/other', '/end']);
    expect(await look()).toMatchObject({ disconnectCause: 'callback-error' });
  });

  it('has no answerTime for an inbound call that is not answered yet, which its BXML answers', async () => {
    const application = await startReceiver(() => long);
    const { carrier, update, get } = await bandwidth();
    const { callId } = carrier.add({ state: 'initiated', direction: 'inbound' });
    await update(callId, { redirectUrl: `${application.origin}/next` });
    await carrier.webhooks.idle();
    const event = eventOf(application.received[0] as ReceivedWebhook);
    expect(Object.keys(event)).not.toContain('answerTime');
    expect(await get(callId)).toMatchObject({ data: { state: 'answered', answerTime: at(0) } });
  });
});
