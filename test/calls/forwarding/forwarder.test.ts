import { describe, expect, it, vi } from 'vitest';
import type { ForwardedWebhook } from '../../../src/calls/forwarding/forward.ts';
import { slots } from '../../../src/calls/forwarding/forward-slots.ts';
import { Forwarder, type ForwarderOptions } from '../../../src/calls/forwarding/forwarder.ts';
import { MemoryForwardLog } from '../../../src/calls/forwarding/memory-forward-log.ts';
import { StoreFailure } from '../../../src/store/store-failure.ts';
import { eventually } from '../../support/eventually.ts';

type Sent = Parameters<ForwarderOptions['send']>[0];

const target = { url: 'https://app.example/status?order=7#part', username: 'user', password: 'päss' };
const accountKey = 'alpha';
const roomy = { account: 100_000, host: 50_000 };
const aForward = (text: string, more: Partial<ForwardedWebhook> = {}): ForwardedWebhook => ({
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
    log: new MemoryForwardLog(roomy),
    delays: [0, 0, 0],
    ...options,
  });
  const texts = () => sent.map(({ body }) => body?.toString());
  const add = (...all: string[]) =>
    Promise.all(all.map((text) => forwarder.add({ accountKey, id: 'a', target }, aForward(text))));
  return { forwarder, sent, state, texts, add };
}

describe('a webhook', () => {
  it('is sent on as it came, with the credentials of its call', async () => {
    const { add, sent } = start();
    await add('{"a":1}');
    expect(await eventually(() => sent.length > 0)).toBe(true);
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
    const hook = { accountKey, id: 'a', target: { url: target.url } };
    await forwarder.add(hook, aForward('', { method: 'GET', query }));
    expect(await eventually(() => sent.length > 0)).toBe(true);
    expect(sent).toEqual([
      { url: `https://app.example/status?order=7&${query}`, method: 'GET', headers: {}, body: undefined },
    ]);
  });

  it('of a call without a `statusUrl` goes no further', async () => {
    const log = new MemoryForwardLog(roomy);
    const { forwarder } = start([], { log });
    await forwarder.add({ accountKey, id: 'a', target: undefined }, aForward('1'));
    expect(await log.release()).toBe(0);
  });

  it.each([0, 500, 503, 408, 429])('is sent again after %d, before the next of its call', async (failure) => {
    const { add, texts, state } = start([failure, failure, 200]);
    await add('1', '2', '3');
    expect(await eventually(() => texts().length >= 5)).toBe(true);
    expect(texts()).toEqual(['1', '1', '1', '2', '3']);
    expect(state.lost).toBe(0);
  });

  it.each([200, 204, 301, 400, 401, 404])('is sent once where the answer is %d', async (status) => {
    const { add, texts } = start([status]);
    await add('1', '2');
    expect(await eventually(() => texts().length >= 2)).toBe(true);
    expect(texts()).toEqual(['1', '2']);
  });

  it('is given up after a bounded number of attempts, and counted', async () => {
    const { add, texts, state } = start([0, 0, 0, 0]);
    await add('1', '2');
    expect(await eventually(() => texts().length >= 5)).toBe(true);
    expect(texts()).toEqual(['1', '1', '1', '1', '2']);
    expect(state.lost).toBe(1);
  });

  it('waits for a log that fails, and is not sent again meanwhile', async () => {
    const log = new MemoryForwardLog(roomy);
    const remove = vi.spyOn(log, 'remove').mockRejectedValueOnce(new StoreFailure('TIMEOUT'));
    const { add, texts } = start([], { log });
    await add('1', '2');
    expect(await eventually(() => texts().length === 2)).toBe(true);
    expect([texts(), remove.mock.calls.length]).toEqual([['1', '2'], 3]);
  });
});

describe('hosts', () => {
  /** A forwarder to hosts of which some do not answer, and how many requests each has open. */
  function startHosts(isDead: (host: string) => boolean) {
    const open = new Map<string, number>();
    const told: string[] = [];
    const hanging: (() => void)[] = [];
    const end = () => {
      for (const reject of hanging.splice(0)) reject();
    };
    let most = 0;
    const { forwarder } = start([], {
      log: new MemoryForwardLog({ account: 2_000_000, host: 1_000_000 }),
      send: async ({ url }) => {
        const { host } = new URL(url);
        open.set(host, (open.get(host) ?? 0) + 1);
        const total = [...open.values()].reduce((sum, each) => sum + each, 0);
        most = Math.max(most, total);
        try {
          if (isDead(host)) await new Promise<void>((_, reject) => hanging.push(reject));
          else await new Promise((resolve) => setImmediate(resolve));
        } finally {
          open.set(host, (open.get(host) ?? 0) - 1);
        }
        told.push(host);
        return 200;
      },
    });
    let id = 0;
    const add = (host: string, of = accountKey) => {
      id += 1;
      const hook = { accountKey: of, id: `${id}`, target: { url: `https://${host}/` } };
      return forwarder.add(hook, aForward('1'));
    };
    return { add, open, told, end, most: () => most };
  }

  it('that do not answer hold few slots, and keep no other from being reached', async () => {
    const { add, open, told, most } = startHosts((host) => host.startsWith('dead'));
    // More of them than there are slots, each with several calls.
    for (let i = 0; i < 300; i += 1) await add(`dead-${i % 100}.example`, i % 2 ? 'alpha' : 'beta');
    for (let i = 0; i < 100; i += 1) await add('well.example', 'gamma');
    expect(await eventually(() => told.length === 100)).toBe(true);
    expect(new Set(told)).toEqual(new Set(['well.example']));
    const held = [...open.values()].filter((count) => count > 0);
    expect(held.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(slots.silent);
    expect(Math.max(...held)).toBeLessThanOrEqual(slots.ofSilentHost);
    expect(most()).toBeLessThanOrEqual(slots.all);
  });

  it('that answer get more slots, so that one target is reached by many calls at a time', async () => {
    const { add, told, most } = startHosts(() => false);
    for (let i = 0; i < 200; i += 1) await add('well.example');
    expect(await eventually(() => told.length === 200)).toBe(true);
    expect(most()).toBe(slots.ofHost);
  });

  it('that stop answering have their slots taken away', async () => {
    let isDead = false;
    const { add, told, open, end } = startHosts((host) => isDead && host === 'app.example');
    for (let i = 0; i < 50; i += 1) await add('app.example');
    expect(await eventually(() => told.length === 50)).toBe(true);
    isDead = true;
    for (let i = 0; i < 100; i += 1) await add('app.example');
    expect(open.get('app.example')).toBe(slots.ofHost);
    await add('other.example');
    expect(await eventually(() => told.includes('other.example'))).toBe(true);
    end();
    expect(await eventually(() => open.get('app.example') === slots.ofSilentHost)).toBe(true);
  });

  it('share the room of their account, and accounts share none', async () => {
    const log = new MemoryForwardLog({ account: 8 * 1_100, host: 4 * 1_100 });
    const { forwarder, state } = start([], { log, send: () => new Promise(() => {}) });
    const lostOf = async (account: string, host: string) => {
      const before = state.lost;
      const to = (i: number) => ({
        accountKey: account,
        id: `${account} ${host} ${i}`,
        target: { url: `https://${host}.example/` },
      });
      for (let i = 0; i < 6; i += 1) await forwarder.add(to(i), aForward('1'));
      return state.lost - before;
    };
    expect(await lostOf('alpha', 'dead')).toBe(2);
    expect(await lostOf('alpha', 'dead-too')).toBe(2);
    expect(await lostOf('alpha', 'well')).toBe(6);
    expect(await lostOf('beta', 'dead')).toBe(2);
  });
});

it('what has been sent makes room', async () => {
  const { add, texts, state } = start([], { log: new MemoryForwardLog({ account: 9_000, host: 3 * 1_100 }) });
  await add('1', '2', '3', '4');
  expect(state.lost).toBe(1);
  expect(await eventually(() => texts().length === 3)).toBe(true);
  await add('5');
  expect(await eventually(() => texts().length === 4)).toBe(true);
  expect(texts()).toEqual(['1', '2', '3', '5']);
});

it('counts what waits in memory when it is closed, and sends nothing more', async () => {
  const { add, forwarder, texts, state } = start([0], { delays: [60_000] });
  await add('1', '2');
  await eventually(() => texts().length === 1);
  await forwarder.close();
  expect(state.lost).toBe(2);
  expect(texts()).toEqual(['1']);
});
