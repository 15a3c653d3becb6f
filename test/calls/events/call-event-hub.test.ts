import { describe, expect, it } from 'vitest';
import type { Call } from '../../../src/calls/call.ts';
import { CallEventHub } from '../../../src/calls/events/call-event-hub.ts';
import { encodeCursor } from '../../../src/calls/events/event-cursor.ts';
import type { Change } from '../../../src/calls/events/event-log.ts';
import type { EventRequest } from '../../../src/calls/events/event-request.ts';
import { MemoryEventLog } from '../../../src/calls/events/memory-event-log.ts';
import type { CallEventSource } from '../../../src/generated/schema.ts';
import { heldBy } from '../../support/held-by.ts';
import { someAccount, someCall } from '../../support/some-call.ts';

const accounts = ['alpha', 'beta'].map((key) => someAccount({ key }));
const signal = new AbortController().signal;
const all: EventRequest = { accountKeys: ['alpha', 'beta'], signal };

function open(maxEventBytes = 1_000_000) {
  const log = new MemoryEventLog({ maxEventBytes });
  const hub = new CallEventHub({ log, accounts: new Map(accounts.map((each) => [each.key, each])) });
  const see = (changes: Partial<Call>, source: CallEventSource = 'WEBHOOK') =>
    hub.observe({ call: someCall(changes), source });
  return { hub, see };
}

/** The events of a stream, as far as they are in the log. */
async function replay(hub: CallEventHub, request: EventRequest) {
  const events = [];
  for await (const event of hub.subscribe({ ...request, isReplay: true })) events.push(event);
  return events;
}

describe('what is observed of calls', () => {
  it('is told if it takes the call forward', async () => {
    const { hub, see } = open();
    const stream = hub.subscribe(all);
    const answeredAt = '2026-11-21T06:20:10.000Z';
    await see({ status: 'RINGING' });
    await see({ status: 'RINGING' });
    await see({ status: 'QUEUED' });
    await see({ status: 'UNKNOWN' });
    await see({ status: 'IN_PROGRESS', answeredAt }, 'POLL');
    await see({ status: 'COMPLETED', endReason: 'HANGUP' });
    await see({ status: 'FAILED' });
    await see({ status: 'RINGING', providerCallId: 'c-2' }, 'COMMAND');
    const told = [];
    for (let count = 0; count < 4; count += 1) told.push((await stream.next()).value);
    expect(told).toMatchObject([
      { kind: 'CREATED', previousStatus: null, source: 'WEBHOOK', call: { status: 'RINGING' } },
      { kind: 'CHANGED', previousStatus: 'RINGING', source: 'POLL', occurredAt: answeredAt },
      {
        kind: 'ENDED',
        previousStatus: 'IN_PROGRESS',
        call: { status: 'COMPLETED', endReason: 'HANGUP', answeredAt },
      },
      { kind: 'CREATED', call: { providerCallId: 'c-2', account: accounts[0] } },
    ]);
  });

  it('adds to what is known, and takes nothing back', async () => {
    const { hub, see } = open();
    const startedAt = '2026-11-21T06:20:01.000Z';
    await see({ status: 'RINGING', callerName: null });
    await see({ status: 'INITIATED', startedAt, callerName: 'Ann' });
    await see({ status: 'IN_PROGRESS', from: '', direction: 'UNKNOWN' });
    const [, changed] = await hub.timeline({ accountKey: 'alpha', providerCallId: 'c-1' });
    expect(changed?.call).toMatchObject({
      startedAt,
      callerName: 'Ann',
      from: '+19195554321',
      direction: 'OUTBOUND',
    });
  });

  it('is the timeline of its call', async () => {
    const { hub, see } = open();
    await see({ status: 'RINGING' });
    await see({ status: 'RINGING', providerCallId: 'c-2' });
    await see({ status: 'BUSY' });
    const key = { accountKey: 'alpha', providerCallId: 'c-1' };
    expect((await hub.timeline(key)).map(({ kind }) => kind)).toEqual(['CREATED', 'ENDED']);
    expect(await hub.timeline({ ...key, accountKey: 'beta' })).toEqual([]);
  });
});

describe('a subscriber', () => {
  it('gets the calls of its accounts, or one call', async () => {
    const { hub, see } = open();
    const before = hub.subscribe({ ...all, accountKeys: ['beta'] });
    const one = hub.subscribe({ ...all, call: { accountKey: 'alpha', providerCallId: 'c-2' } });
    const [next, nextOfOne] = [before.next(), one.next()];
    await see({});
    await see({ providerCallId: 'c-2' });
    await see({ account: someAccount({ key: 'beta' }) });
    expect((await next).value?.call?.account.key).toBe('beta');
    expect((await nextOfOne).value?.call?.providerCallId).toBe('c-2');
  });

  it('goes on behind the event whose cursor it has', async () => {
    const { hub, see } = open();
    const stream = hub.subscribe(all);
    for (const providerCallId of ['c-1', 'c-2', 'c-3']) await see({ providerCallId });
    const after = (await stream.next()).value?.cursor;
    const rest = await replay(hub, { ...all, after });
    expect(rest.map(({ call }) => call?.providerCallId)).toEqual(['c-2', 'c-3']);
  });

  it('gets a GAP for what the log has dropped, then what it still has', async () => {
    const { hub, see } = open(10_000);
    const stream = hub.subscribe(all);
    const ids = Array.from({ length: 20 }, (_, i) => `c-${i}`);
    await see({ providerCallId: 'c-first' });
    const after = (await stream.next()).value?.cursor;
    for (const providerCallId of ids) await see({ providerCallId });
    const [gap, ...rest] = await replay(hub, { ...all, after });
    expect(gap).toMatchObject({ kind: 'GAP', call: null });
    expect(rest.length).toBeGreaterThan(1);
    expect(rest.map(({ call }) => call?.providerCallId)).toEqual(ids.slice(-rest.length));
    expect(await replay(hub, { ...all, after: gap?.cursor })).toEqual(rest);
    // The one that has waited for nobody is overtaken, and gets the same.
    expect((await stream.next()).value?.kind).toBe('GAP');
    expect((await stream.next()).value).toEqual(rest[0]);
  });

  it('gets a GAP for the cursor of another log', async () => {
    const { hub, see } = open();
    await see({});
    for (const number of [1, Date.now() * 1_000 + 1e12]) {
      const stream = hub.subscribe({ ...all, after: encodeCursor({ number, id: '1796048330068-0' }) });
      const gap = (await stream.next()).value;
      expect(gap?.kind).toBe('GAP');
      await see({ providerCallId: `c-of-${number}` });
      let event = (await stream.next()).value;
      if (number === 1) event = (await stream.next()).value;
      expect(event?.call?.providerCallId).toBe(`c-of-${number}`);
    }
  });

  it('is refused a cursor that is none', () => {
    const { hub } = open();
    for (const after of ['', '!', 'x'.repeat(1_000), Buffer.from('1:2').toString('base64url')]) {
      expect(() => hub.subscribe({ ...all, after })).toThrow(
        expect.objectContaining({ code: 'INVALID_INPUT' }),
      );
    }
  });

  it('waits no longer once its signal fires, it returns, or all is closed', async () => {
    const { hub } = open();
    const controller = new AbortController();
    const streams = [
      hub.subscribe({ ...all, signal: controller.signal }),
      hub.subscribe(all),
      hub.subscribe(all),
    ];
    const waiting = streams.map((stream) => stream.next());
    controller.abort();
    await streams[1]?.return();
    await hub.close();
    expect(await Promise.all(waiting)).toEqual(Array(3).fill({ value: undefined, done: true }));
    expect(await hub.subscribe(all).next()).toEqual({ value: undefined, done: true });
  });
});

it('what has been observed is in the log before it closes', async () => {
  const done: string[] = [];
  class SlowLog extends MemoryEventLog {
    override async change(change: Change) {
      await new Promise((resolve) => setImmediate(resolve));
      done.push('changed');
      return super.change(change);
    }
    override async close() {
      done.push('closed');
    }
  }
  const hub = new CallEventHub({ log: new SlowLog(), accounts: new Map() });
  void hub.observe({ call: someCall(), source: 'COMMAND' });
  await hub.close();
  expect(done).toEqual(['changed', 'closed']);
});

it('the log holds what it counts at most, with the events that were read', async () => {
  const log = new MemoryEventLog({ maxEventBytes: 8_000_000, maxStateBytes: 8_000_000 });
  const hub = new CallEventHub({ log, accounts: new Map(accounts.map((each) => [each.key, each])) });
  const held = await heldBy(async () => {
    const stream = hub.subscribe(all);
    for (let count = 0; count < 8_000; count += 1) {
      await hub.observe({ call: someCall({ providerCallId: `c-${count}` }), source: 'WEBHOOK' });
      await stream.next();
    }
  });
  expect(log.ring.bytes).toBeLessThanOrEqual(8_000_000);
  expect(log.ring.first).toBeGreaterThan(0);
  expect(held).toBeLessThan(16_000_000);
});
