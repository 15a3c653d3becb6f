import { describe, expect, it } from 'vitest';
import { type Forward, Forwarder, type ForwarderOptions } from '../../../src/calls/forwarding/forwarder.ts';
import { eventually } from '../../support/eventually.ts';

type Sent = Parameters<ForwarderOptions['send']>[0];

const target = { url: 'https://app.example/status?order=7#part', username: 'user', password: 'päss' };
const aForward = (text: string, more: Partial<Forward> = {}): Forward => ({
  method: 'POST',
  contentType: 'application/json',
  body: Buffer.from(text),
  query: '',
  ...more,
});

/** A forwarder to a target that answers as it is told: a status, or no answer for 0. */
function start(answers: readonly number[] = [], options: Partial<ForwarderOptions> = {}) {
  const sent: Sent[] = [];
  const state = { lost: 0 };
  const forwarder = new Forwarder({
    send: async (request) => {
      sent.push(request);
      const status = answers[sent.length - 1] ?? 204;
      if (status === 0) throw new Error('no answer');
      return status;
    },
    onLoss: () => {
      state.lost += 1;
    },
    delays: [0, 0, 0],
    ...options,
  });
  const texts = () => sent.map(({ body }) => body?.toString());
  return { forwarder, sent, state, texts };
}

describe('a webhook', () => {
  it('is sent on as it came, with the credentials of its call', async () => {
    const { forwarder, sent } = start();
    forwarder.add({ id: 'a', target }, aForward('{"a":1}'));
    expect(sent).toEqual([
      {
        url: 'https://app.example/status?order=7',
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Basic ${Buffer.from('user:päss').toString('base64')}`,
        },
        body: Buffer.from('{"a":1}'),
      },
    ]);
  });

  it('that came by GET is sent on by GET, its query behind that of the URL', async () => {
    const { forwarder, sent } = start();
    const query = 'CallSid=CA3&CallStatus=ringing';
    forwarder.add({ id: 'a', target: { url: target.url } }, aForward('', { method: 'GET', query }));
    expect(sent).toEqual([
      { url: `https://app.example/status?order=7&${query}`, method: 'GET', headers: {}, body: undefined },
    ]);
  });

  it('of a call without a `statusUrl` goes no further', () => {
    const { forwarder, sent } = start();
    forwarder.add({ id: 'a', target: undefined }, aForward('1'));
    expect(sent).toEqual([]);
  });

  it.each([0, 500, 503, 408, 429])('is sent again after %d, before the next of its call', async (failure) => {
    const { forwarder, texts, state } = start([failure, failure, 200]);
    for (const text of ['1', '2', '3']) forwarder.add({ id: 'a', target }, aForward(text));
    expect(await eventually(() => texts().length >= 5)).toBe(true);
    expect(texts()).toEqual(['1', '1', '1', '2', '3']);
    expect(state.lost).toBe(0);
  });

  it.each([200, 204, 301, 400, 401, 404])('is sent once where the answer is %d', async (status) => {
    const { forwarder, texts } = start([status]);
    for (const text of ['1', '2']) forwarder.add({ id: 'a', target }, aForward(text));
    expect(await eventually(() => texts().length >= 2)).toBe(true);
    expect(texts()).toEqual(['1', '2']);
  });

  it('is given up after a bounded number of attempts, and counted', async () => {
    const { forwarder, texts, state } = start([0, 0, 0, 0]);
    for (const text of ['1', '2']) forwarder.add({ id: 'a', target }, aForward(text));
    expect(await eventually(() => texts().length >= 5)).toBe(true);
    expect(texts()).toEqual(['1', '1', '1', '1', '2']);
    expect(state.lost).toBe(1);
  });

  it('of one call does not wait for another call, and at most 32 are sent at a time', async () => {
    let release = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    let active = 0;
    const { forwarder } = start([], {
      send: async () => {
        active += 1;
        await gate;
        return 200;
      },
    });
    for (let i = 0; i < 40; i += 1) forwarder.add({ id: `${i}`, target }, aForward('1'));
    expect(active).toBe(32);
    release();
    expect(await eventually(() => active === 40)).toBe(true);
  });
});

it('holds a bounded number of bytes, and counts what there is no room for', async () => {
  const { forwarder, texts, state } = start([], { maxBytes: 3 * 1_100 });
  for (const text of ['1', '2', '3', '4']) forwarder.add({ id: 'a', target }, aForward(text));
  expect(state.lost).toBe(1);
  expect(await eventually(() => texts().length === 3)).toBe(true);
  forwarder.add({ id: 'a', target }, aForward('5'));
  expect(texts()).toEqual(['1', '2', '3', '5']);
});

it('counts what waits when it is closed, and sends nothing more', async () => {
  const { forwarder, texts, state } = start([0], { delays: [60_000] });
  for (const text of ['1', '2']) forwarder.add({ id: 'a', target }, aForward(text));
  await eventually(() => texts().length === 1);
  forwarder.close();
  expect(state.lost).toBe(2);
  expect(texts()).toEqual(['1']);
});
