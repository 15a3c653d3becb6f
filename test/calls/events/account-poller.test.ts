import { describe, expect, it, onTestFinished } from 'vitest';
import type { Call } from '../../../src/calls/call.ts';
import { AccountPoller, readsPerPoll } from '../../../src/calls/events/account-poller.ts';
import type { CallEvent } from '../../../src/calls/events/call-event.ts';
import { CallEventHub } from '../../../src/calls/events/call-event-hub.ts';
import type { EventRequest } from '../../../src/calls/events/event-request.ts';
import { FollowedCalls } from '../../../src/calls/events/followed-calls.ts';
import { MemoryEventLog } from '../../../src/calls/events/memory-event-log.ts';
import { PollLease } from '../../../src/calls/events/poll-lease.ts';
import { ProviderError } from '../../../src/calls/failure.ts';
import { MemoryStore } from '../../../src/store/memory-store.ts';
import { ArrayAdapter } from '../../support/array-adapter.ts';
import { someAccount, someCall } from '../../support/some-call.ts';
import { ManualClock } from './manual-clock.ts';

const account = someAccount();
const toRequest = (): EventRequest => ({ accountKeys: ['alpha'], signal: new AbortController().signal });

/** A process whose account is polled by the clock; several of them share a store. */
function open({
  hasWebhooks = false,
  clock = new ManualClock(),
  store = undefined as MemoryStore | undefined,
  random = (): number => 0,
  provider = new ArrayAdapter(account),
} = {}) {
  let adapter = provider;
  const log = new MemoryEventLog();
  const hub = new CallEventHub({
    log,
    accounts: new Map([['alpha', account]]),
    createPoller: (key, self) =>
      new AccountPoller({
        adapter,
        hasWebhooks,
        lease: store && new PollLease(store, key),
        events: self,
        pause: clock.pause,
        now: clock.now,
        random,
      }),
    pause: clock.pause,
  });
  onTestFinished(() => hub.close());
  const set = (...calls: Partial<Call>[]) => {
    adapter.calls = calls.map((call) => someCall(call));
  };
  const count = () => adapter.asked.length;
  /** Another adapter for the account, as after a change of its settings; none once it is removed. */
  const replace = (calls: readonly Call[] | undefined) => {
    adapter = new ArrayAdapter(account, calls);
    hub.setAccounts(new Map(calls === undefined ? [] : [['alpha', account]]), ['alpha']);
    return adapter;
  };
  return { hub, adapter, clock, set, count, replace };
}

/** All that a new subscriber is told from now on. */
function listen(hub: CallEventHub) {
  const events: CallEvent[] = [];
  const stream = hub.subscribe(toRequest());
  const read = async () => {
    for await (const event of stream) events.push(event);
  };
  void read();
  const told = () => events.map(({ kind, call }) => `${kind} ${call?.providerCallId} ${call?.status}`);
  return { told, stream };
}

describe('the poll of an account', () => {
  it('goes on with the adapter that takes the place of another, for as long as anybody subscribes', async () => {
    const { hub, set, clock, adapter, replace } = open();
    set({ status: 'RINGING' });
    const [one, other] = [listen(hub), listen(hub)];
    await clock.advance(2_000);
    const asked = adapter.asked.length;
    const second = replace([someCall({ status: 'IN_PROGRESS' })]);
    await clock.advance(2_000);
    expect(adapter.asked).toHaveLength(asked);
    expect(one.told()).toEqual(['CREATED c-1 RINGING', 'CHANGED c-1 IN_PROGRESS']);
    expect(other.told()).toEqual(one.told());
    await replace(undefined);
    await clock.advance(30_000);
    const third = replace([someCall({ status: 'COMPLETED' })]);
    await clock.advance(2_000);
    expect(one.told().at(-1)).toBe('ENDED c-1 COMPLETED');
    await one.stream.return();
    const polled = third.asked.length;
    await clock.advance(30_000);
    expect(third.asked.length).toBeGreaterThan(polled);
    await other.stream.return();
    const last = [second.asked.length, third.asked.length];
    await clock.advance(30_000);
    expect([second.asked.length, third.asked.length]).toEqual(last);
  });

  it('tells of live calls first, then of what has changed, and of calls that came and went in between', async () => {
    const { hub, set, clock } = open();
    set({ providerCallId: 'c-old', status: 'COMPLETED' }, { status: 'RINGING' });
    const { told } = listen(hub);
    await clock.advance(2_000);
    set(
      { providerCallId: 'c-old', status: 'COMPLETED' },
      { status: 'IN_PROGRESS' },
      { providerCallId: 'c-2', status: 'BUSY' },
    );
    await clock.advance(2_000);
    // It is in the list no longer.
    set({ providerCallId: 'c-old', status: 'COMPLETED' }, { status: 'COMPLETED' });
    await clock.advance(2_000);
    expect(told()).toEqual([
      'CREATED c-1 RINGING',
      'CHANGED c-1 IN_PROGRESS',
      'ENDED c-2 BUSY',
      'ENDED c-1 COMPLETED',
    ]);
  });

  it('sends as many requests for 500 subscribers as for one, and none for none', async () => {
    const counts: number[] = [];
    for (const subscribers of [0, 1, 500]) {
      const { hub, set, clock, count } = open();
      set({ status: 'RINGING' });
      const streams = Array.from({ length: subscribers }, () => hub.subscribe(toRequest()));
      await clock.advance(10_000);
      counts.push(count());
      for (const stream of streams) stream.end();
      await clock.advance(60_000);
      counts.push(count());
    }
    expect(counts).toEqual([0, 0, 6, 6, 6, 6]);
  });

  it('is no more frequent for subscribers who come and go', async () => {
    const { hub, clock, count } = open();
    for (let second = 0; second < 10; second += 1) {
      for (let times = 0; times < 5; times += 1) {
        const stream = hub.subscribe(toRequest());
        await clock.advance(200);
        stream.end();
      }
    }
    expect(count()).toBeLessThanOrEqual(6);
    listen(hub);
    await clock.advance(2_000);
    expect(count()).toBeGreaterThan(0);
  });

  it('is not begun for a subscriber to a call that cannot be read', async () => {
    const { hub, clock, count } = open();
    const call = { accountKey: 'alpha', providerCallId: 'c-1' };
    const failure = new ProviderError('PROVIDER_UNAVAILABLE', 'down');
    const calls = new FollowedCalls(hub, { account: () => account, get: () => Promise.reject(failure) });
    await expect(calls.one(call, toRequest())).rejects.toBe(failure);
    await clock.advance(60_000);
    expect(count()).toBeLessThanOrEqual(1);
  });

  it('asks less and less while nothing moves, and often again once something does', async () => {
    const { hub, set, clock, count } = open();
    listen(hub);
    await clock.advance(120_000);
    const idle = count();
    expect(idle).toBeLessThan(12);
    set({ status: 'RINGING' });
    await clock.advance(15_000);
    const found = count();
    await clock.advance(20_000);
    expect(count() - found).toBeGreaterThanOrEqual(10);
  });

  it('goes on when the account can be read again, less often meanwhile', async () => {
    const { hub, adapter, set, clock, count } = open();
    const { told } = listen(hub);
    await clock.advance(0);
    adapter.failure = new ProviderError('PROVIDER_UNAVAILABLE', 'down');
    await clock.advance(120_000);
    expect(count()).toBeLessThan(12);
    adapter.failure = undefined;
    set({ status: 'BUSY' });
    await clock.advance(15_000);
    expect(told()).toEqual(['ENDED c-1 BUSY']);
  });

  it.each([false, true])(
    'backs off while the account fails though calls are live (webhooks: %s)',
    async (hasWebhooks) => {
      const { hub, adapter, set, clock, count } = open({ hasWebhooks });
      listen(hub);
      await clock.advance(0);
      set({ status: 'RINGING' });
      await hub.observe({ call: someCall({ status: 'RINGING' }), source: 'COMMAND' });
      adapter.failure = new ProviderError('PROVIDER_UNAVAILABLE', 'down');
      await clock.advance(10_000);
      const before = count();
      for (let i = 0; i < 20; i += 1) {
        await clock.advance(6_000);
        // What events tell of meanwhile is no reason to ask.
        await hub.observe({
          call: someCall({ status: 'QUEUED', providerCallId: `c-${i + 2}` }),
          source: 'COMMAND',
        });
      }
      // Requests of one batch go out together.
      expect(adapter.askedFor('page').length).toBeLessThan(14);
      expect(count() - before).toBeLessThanOrEqual(9 * 5);
      adapter.failure = undefined;
      await clock.advance(15_000);
      const found = adapter.askedFor('get').length + adapter.askedFor('page').length;
      await clock.advance(10_000);
      expect(count() - found).toBeGreaterThanOrEqual(5);
    },
  );

  it.each([
    [0, [0, 4_000, 12_000, 27_000, 42_000]],
    [1, [0, 3_000, 9_000, 20_250, 31_500]],
  ])('comes earlier at random while the account fails: %d', async (random, times) => {
    const { hub, adapter, clock, count } = open({ random: () => random });
    adapter.failure = new ProviderError('PROVIDER_UNAVAILABLE', 'down');
    listen(hub);
    await clock.advance(0);
    const polls: number[] = [];
    for (let polled = 0; clock.now() < 42_500; await clock.advance(250)) {
      if (count() > polled) polls.push(clock.now());
      polled = count();
    }
    expect(polls).toEqual(times);
  });

  it('goes on at its pace where a single call cannot be read', async () => {
    class OddAdapter extends ArrayAdapter {
      override async get(id: string) {
        const call = await super.get(id);
        if (id === 'c-odd') throw new ProviderError('PROVIDER_MISBEHAVED', 'odd');
        return call;
      }
    }
    const adapter = new OddAdapter(account);
    const { hub, clock } = open({ provider: adapter });
    const { told } = listen(hub);
    await clock.advance(0);
    for (const id of ['c-odd', 'c-2']) {
      await hub.observe({ call: someCall({ providerCallId: id, createdAt: null }), source: 'COMMAND' });
    }
    await clock.advance(20_000);
    expect(adapter.askedFor('page').length).toBeGreaterThanOrEqual(10);
    expect(told()).toHaveLength(2);
  });

  const minutesBefore = (minutes: number) =>
    new Date(Date.UTC(2026, 10, 21, 6, 20) - minutes * 60_000).toISOString();

  /** Live calls of which events tell, and as many newer ones that have ended. */
  async function openMany(live: number, newer: number, createdAt: (index: number) => string) {
    const opened = open();
    const { told } = listen(opened.hub);
    const calls = Array.from({ length: live }, (_, i) =>
      someCall({ providerCallId: `c-${i}`, createdAt: createdAt(i) }),
    );
    const others = Array.from({ length: newer }, (_, i) =>
      someCall({ providerCallId: `d-${i}`, createdAt: minutesBefore(i / 60_000 - 10), status: 'COMPLETED' }),
    );
    opened.adapter.calls = [...others, ...calls];
    await opened.clock.advance(0);
    for (const call of calls) await opened.hub.observe({ call, source: 'COMMAND' });
    const end = () => {
      opened.adapter.calls = [...others, ...calls.map((call) => ({ ...call, status: 'COMPLETED' as const }))];
    };
    const ended = () => told().filter((each) => each.startsWith('ENDED')).length;
    return { ...opened, end, ended };
  }

  it('reads each live call that its list does not show within a bounded number of polls', async () => {
    const { end, ended, clock } = await openMany(70, 120, () => minutesBefore(140));
    await clock.advance(2_000);
    end();
    const counts = [];
    for (let poll = 0; poll < 4; poll += 1) {
      await clock.advance(2_000);
      counts.push(ended());
    }
    expect(counts).toEqual([readsPerPoll, 2 * readsPerPoll, 3 * readsPerPoll, 70]);
  });

  it('reads further pages of its list where these show many live calls, in place of each by its id', async () => {
    const { adapter, end, ended, clock } = await openMany(150, 110, (index) => minutesBefore(index / 60));
    await clock.advance(2_000);
    const [pages, reads] = [adapter.askedFor('page').length, adapter.askedFor('get').length];
    end();
    await clock.advance(2_000);
    await expect.poll(ended, { interval: 1 }).toBe(150);
    expect(adapter.askedFor('page').length - pages).toBe(3);
    expect(adapter.askedFor('get').length).toBe(reads);
  });

  it('reads calls that webhooks tell of by id until they are answered, and the list as a safeguard', async () => {
    const { hub, adapter, clock } = open({ hasWebhooks: true });
    const { told } = listen(hub);
    await clock.advance(0);
    adapter.calls = [someCall({ status: 'RINGING' })];
    await hub.observe({ call: someCall({ status: 'QUEUED' }), source: 'COMMAND' });
    await clock.advance(2_000);
    expect(adapter.askedFor('get')).toHaveLength(1);
    adapter.calls = [someCall({ status: 'IN_PROGRESS' })];
    await clock.advance(2_000);
    const reads = adapter.askedFor('get').length;
    // Its webhook is lost.
    adapter.calls = [someCall({ status: 'COMPLETED' })];
    await clock.advance(8_000);
    expect(adapter.askedFor('get')).toHaveLength(reads);
    expect(adapter.askedFor('page')).toHaveLength(1);
    await clock.advance(15_000);
    expect(told().map((each) => each.split(' ')[2])).toEqual([
      'QUEUED',
      'RINGING',
      'IN_PROGRESS',
      'COMPLETED',
    ]);
  });

  it('reads a call that was ended here at once, and again once its provider may show it', async () => {
    const { hub, adapter, clock } = open({ hasWebhooks: true });
    const { told } = listen(hub);
    for (const providerCallId of ['c-1', 'c-2']) {
      await hub.observe({ call: someCall({ providerCallId }), source: 'COMMAND' });
    }
    await clock.advance(0);
    const polled = adapter.askedFor('get').length;
    const atOnce = someCall({ status: 'COMPLETED' });
    adapter.calls = [atOnce, someCall({ providerCallId: 'c-2' })];
    const reading = ['c-1', 'c-2'].map((providerCallId) =>
      hub.readSoon({ accountKey: 'alpha', providerCallId }),
    );
    await clock.advance(0);
    expect(told().at(-1)).toBe('ENDED c-1 COMPLETED');
    adapter.calls = [atOnce, someCall({ providerCallId: 'c-2', status: 'BUSY' })];
    await clock.advance(500);
    await Promise.all(reading);
    expect(told().at(-1)).toBe('ENDED c-2 BUSY');
    expect(adapter.askedFor('get').length - polled).toBe(3);
  });

  it('is that of one process, until it dies', async () => {
    const clock = new ManualClock();
    const store = new MemoryStore({ now: clock.now });
    const [one, other] = [open({ clock, store }), open({ clock, store })];
    for (const each of [one, other]) each.set({ status: 'RINGING' });
    listen(one.hub);
    const { told } = listen(other.hub);
    await clock.advance(20_000);
    expect([one.count(), other.count()]).toEqual([11, 0]);
    await one.hub.close();
    other.set({ status: 'RINGING' }, { providerCallId: 'c-2', status: 'BUSY' });
    await clock.advance(10_000);
    expect(told()).toContain('ENDED c-2 BUSY');
  });
});
