import { describe, expect, it } from 'vitest';
import { bandwidth, members } from './emulated.ts';

const redirect = { state: 'active', redirectUrl: 'https://app.example/next' };
const script = '<?xml version="1.0" encoding="UTF-8"?><Bxml><Pause duration="3"/></Bxml>';

describe('Bandwidth updateCall by state', () => {
  it.each([
    ['queued', 'outbound', 409, 409, 'cancel'],
    ['initiated', 'outbound', 409, 409, 'cancel'],
    ['initiated', 'inbound', 200, 204, 'rejected'],
    ['answered', 'outbound', 200, 204, 'hangup'],
    ['answered', 'inbound', 200, 204, 'hangup'],
  ])(
    'of a call %s %s: redirect %i, BXML %i, completed with cause %s',
    async (state, direction, redirects, scripts, cause) => {
      const { carrier, update, bxml, get } = await bandwidth();
      const [a, b, c] = [1, 2, 3].map(() => carrier.add({ state, direction }).callId) as [
        string,
        string,
        string,
      ];
      expect((await update(a, redirect)).status).toBe(redirects);
      expect((await bxml(b, script)).status).toBe(scripts);
      const completed = await update(c, { state: 'completed' });
      expect(completed).toMatchObject({ status: 200, text: '' });
      expect(completed.headers.get('content-type')).toBeNull();
      expect(await get(c)).toMatchObject({ data: { state: 'disconnected', disconnectCause: cause } });
    },
  );

  it('answers 409 for a call that is over, whatever is asked', async () => {
    const { carrier, update, bxml } = await bandwidth();
    const { callId } = carrier.add({});
    const description = `Call [${callId}] cannot be modified in its current state`;
    const refused = { status: 409, data: { type: 'validation', description, id: '' } };
    expect(await update(callId, redirect)).toMatchObject(refused);
    expect(await update(callId, { state: 'completed' })).toMatchObject(refused);
    expect(await bxml(callId, script)).toMatchObject(refused);
  });

  it('takes a queued call out of the queue, so that it never starts', async () => {
    const { create, update, get, clock } = await bandwidth();
    const callId = String(members(await create()).callId);
    expect(await update(callId, { state: 'completed' })).toMatchObject({ status: 200 });
    clock.advance(60_000);
    const data = {
      state: 'disconnected',
      disconnectCause: 'cancel',
      startTime: null,
      endTime: '2026-11-20T12:00:00.000Z',
    };
    expect(await get(callId)).toMatchObject({ data });
  });

  it('lets a redirected call talk on for two minutes', async () => {
    const { create, update, get, clock } = await bandwidth();
    const callId = String(members(await create()).callId);
    clock.advance(100_000);
    expect(await update(callId, redirect)).toMatchObject({ status: 200 });
    clock.advance(119_999);
    expect(await get(callId)).toMatchObject({ data: { state: 'answered' } });
    clock.advance(1);
    expect(await get(callId)).toMatchObject({ data: { state: 'disconnected', disconnectCause: 'hangup' } });
  });
});

describe('Bandwidth updateCall by body', () => {
  const full = {
    redirectUrl: 'https://app.example/x',
    redirectMethod: 'POST',
    username: 'u',
    password: 'p',
    tag: 't',
  };
  it.each<[string, unknown, number]>([
    ['active with redirectUrl', redirect, 200],
    ['redirectUrl alone', { redirectUrl: 'https://app.example/next' }, 200],
    ['completed', { state: 'completed' }, 200],
    ['completed together with a whole redirect', { state: 'completed', ...full }, 200],
    ['an empty body', {}, 400],
    ['active without redirectUrl', { state: 'active' }, 400],
    ['a state of null with a whole redirect', { state: null, ...full }, 400],
    ['a state it only reads', { state: 'answered' }, 400],
    ['an ftp redirectUrl', { state: 'active', redirectUrl: 'ftp://x' }, 400],
    ['redirectMethod PUT', { ...redirect, redirectMethod: 'PUT' }, 400],
    ['a long tag', { ...redirect, tag: 'x'.repeat(4097) }, 400],
    ['4096 characters of two UTF-16 units', { ...redirect, tag: '😀'.repeat(4096) }, 200],
    ['a redirectUrl that is no URI', { state: 'active', redirectUrl: 'https://app.example/a|b' }, 400],
    ['a list', [], 400],
  ])('answers %s on an answered call', async (_, body, status) => {
    const { carrier, update } = await bandwidth();
    const { callId } = carrier.add({ state: 'answered' });
    expect(await update(callId, body)).toMatchObject({ status });
  });

  it('looks at the body before the state: 400 on a queued call, not 409', async () => {
    const { create, update } = await bandwidth();
    const callId = String(members(await create()).callId);
    expect(await update(callId, {})).toMatchObject({ status: 400 });
  });

  it('answers an unknown call with 404 and another media type with 415', async () => {
    const { update, send, calls } = await bandwidth();
    expect(await update('testCallId', { state: 'completed' })).toMatchObject({ status: 404 });
    const headers = { 'content-type': 'text/xml' };
    expect(await send(`${calls}/testCallId`, { body: '<x/>', headers })).toMatchObject({ status: 415 });
    expect(await send(`${calls}/testCallId`, { method: 'PUT' })).toMatchObject({ status: 405 });
  });
});

describe('Bandwidth updateCallBxml', () => {
  it.each([
    ['Bxml', '<Bxml><Pause/></Bxml>'],
    ['Response', '<Response><SpeakSentence>Hello</SpeakSentence></Response>'],
    ['SSML', '<Bxml><SpeakSentence><speak>Hi <break time="1s"/></speak></SpeakSentence></Bxml>'],
    ['a Forward on an answered call', '<Bxml><Forward to="+19195551234"/></Bxml>'],
    [
      'verbs after a Transfer',
      '<Bxml><Transfer><PhoneNumber>+19195551234</PhoneNumber></Transfer><Pause/></Bxml>',
    ],
    ['decimals in timeouts', '<Bxml><Gather firstDigitTimeout="1.5"/></Bxml>'],
    ['unknown verbs', '<Bxml><Dance/></Bxml>'],
    ['64 KB', `<Bxml>${' '.repeat(65_536 - 13)}</Bxml>`],
  ])('answers %s with 204 and nothing', async (_, body) => {
    const { carrier, bxml } = await bandwidth();
    const { callId } = carrier.add({ state: 'answered' });
    expect(await bxml(callId, body)).toMatchObject({ status: 204, text: '' });
  });

  it.each([
    ['text', 'invalid BXML'],
    ['nothing', ' '],
    ['a cut document', '<Bxml><Pause>'],
    ['another root', '<Twiml/>'],
    ['a DTD', '<!DOCTYPE Bxml [<!ENTITY a "b">]><Bxml/>'],
    ['an undefined entity', '<Bxml><SpeakSentence>&nope;</SpeakSentence></Bxml>'],
    ['the escapes of the spec as printed', '<?xml version=\\"1.0\\"?><Bxml/>'],
    ['more than 64 KB', `<Bxml>${' '.repeat(65_536 - 12)}</Bxml>`],
  ])('answers %s with 400', async (_, body) => {
    const { carrier, bxml } = await bandwidth();
    const { callId } = carrier.add({ state: 'answered' });
    expect(await bxml(callId, body)).toMatchObject({ status: 400, data: { type: 'validation', id: null } });
  });

  it.each([
    ['an empty document', '<Response/>', 0],
    ['Hangup', '<Bxml><Hangup/><Pause duration="60"/></Bxml>', 0],
    ['Hangup after a pause', '<Bxml><Pause duration="3"/><Hangup/></Bxml>', 3_000],
    ['a pause', '<Bxml><Pause duration="3"/></Bxml>', 8_000],
    ['speech', '<Bxml><SpeakSentence>Good morning</SpeakSentence></Bxml>', 5_780],
    ['verbs that do not block', '<Bxml><StartRecording/><StopRecording/></Bxml>', 5_000],
    ['a verb that waits for somebody', '<Bxml><Pause/><Gather gatherUrl="/x"/></Bxml>', 121_000],
  ])('lets a call live by its script: %s', async (_, body, lasts) => {
    const { carrier, bxml, get, clock } = await bandwidth();
    const { callId } = carrier.add({ state: 'answered' });
    await bxml(callId, body);
    if (lasts > 0) {
      clock.advance(lasts - 1);
      expect(await get(callId)).toMatchObject({ data: { state: 'answered' } });
      clock.advance(1);
    }
    const endTime = new Date(clock.now()).toISOString();
    expect(await get(callId)).toMatchObject({
      data: { state: 'disconnected', disconnectCause: 'hangup', endTime },
    });
  });

  it('answers other types with 415, other methods with 405, unknown calls with 404', async () => {
    const { bxml, send, calls } = await bandwidth();
    expect(await bxml('x', script, 'application/json')).toMatchObject({ status: 415 });
    expect(await bxml('x', script, 'application/xml; charset=utf-8')).toMatchObject({ status: 404 });
    expect(await send(`${calls}/x/bxml`, { body: script })).toMatchObject({ status: 405 });
  });
});
