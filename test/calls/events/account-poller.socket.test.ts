import { expect, it } from 'vitest';
import { registry } from '../../../src/adapters/registry.ts';
import { AccountPoller } from '../../../src/calls/events/account-poller.ts';
import { CallEventHub } from '../../../src/calls/events/call-event-hub.ts';
import { MemoryEventLog } from '../../../src/calls/events/memory-event-log.ts';
import { patient as limits } from '../../../src/contract/contracted.ts';
import { createManualClock, startSbc } from '../../../src/sandbox/index.ts';
import { sbcSettings } from '../../support/carrier-accounts.ts';
import { startStubServer } from '../../support/stub-server.ts';
import { ManualClock } from './manual-clock.ts';

it('a poll that is given up since nobody subscribes any longer says nothing of its account', async () => {
  let [onRequest, onClose] = [() => {}, () => {}];
  const asked = new Promise<void>((resolve) => (onRequest = resolve));
  const closed = new Promise<void>((resolve) => (onClose = resolve));
  const provider = await startStubServer((response) => {
    response.on('close', onClose);
    onRequest();
  });
  const settings = {
    ...{ dialect: 'connect', accountSid: `AC${'0'.repeat(32)}`, baseUrl: provider.origin },
    auth: { username: 'user', password: 'password' },
  };
  const adapter = registry.RESTCOMM.create(settings, { key: 'rc', name: 'Restcomm', limits });
  const events = { observe: async () => undefined, knownCalls: () => [] };
  const poller = new AccountPoller({ adapter, hasWebhooks: false, events });
  poller.retain();
  await asked;
  poller.release();
  await closed;
  expect([adapter.health.state, adapter.health.code]).toEqual(['UNKNOWN', null]);
  await adapter.close();
  await provider.close();
});

/** When an SBC is polled in half a minute for so many subscribers, in milliseconds, and how many events each of them gets. */
async function watchSbc(subscribers: number, secondsAfterSweep: number) {
  const time = createManualClock();
  const carrier = await startSbc({ clock: time, seed: { seed: 7, calls: 200 } });
  time.advance(secondsAfterSweep * 1_000);
  // It is listed at the next sweep, a minute after the last.
  carrier.add({ date_created: time.now(), end_time: time.now() + 5_000 });
  const adapter = registry.RESTCOMM.create(sbcSettings(carrier), { key: 'sbc', name: 'SBC', limits });
  const { account } = adapter;
  let active = 0;
  const clock = new ManualClock(() => active > 0);
  const read = adapter.page.bind(adapter);
  const polls: number[] = [];
  adapter.page = (...given) => {
    active += 1;
    polls.push(clock.now());
    return read(...given).finally(() => {
      active -= 1;
    });
  };
  const hub = new CallEventHub({
    log: new MemoryEventLog(),
    accounts: new Map([[account.key, account]]),
    createPoller: (_, events) =>
      new AccountPoller({ adapter, hasWebhooks: false, events, pause: clock.pause, now: clock.now }),
    pause: clock.pause,
  });
  const events = Array<number>(subscribers).fill(0);
  for (const index of events.keys()) {
    const { signal } = new AbortController();
    const stream = hub.subscribe({ accountKeys: [account.key], signal });
    void (async () => {
      for await (const _ of stream) events[index] = (events[index] ?? 0) + 1;
    })();
  }
  for (; clock.now() < 30_000; time.advance(500)) await clock.advance(500);
  await Promise.all([hub.close(), adapter.close(), carrier.close()]);
  return { polls, requests: carrier.journal.length, events: new Set(events) };
}

it.each([
  ['while nothing moves', 0, [0, 4_000, 12_000, 27_000]],
  ['where a call that has ended comes up in between', 50, [0, 4_000, 12_000, 14_000, 18_000, 26_000]],
])('an SBC is asked as often for 500 subscribers as for one, %s', async (_, secondsAfterSweep, times) => {
  const [one, many] = [await watchSbc(1, secondsAfterSweep), await watchSbc(500, secondsAfterSweep)];
  expect(one.polls).toEqual(times);
  expect(many).toEqual(one);
  expect(one.events.has(0)).toBe(secondsAfterSweep === 0);
});
