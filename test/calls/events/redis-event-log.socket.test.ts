import fc from 'fast-check';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Call } from '../../../src/calls/call.ts';
import { AccountPoller } from '../../../src/calls/events/account-poller.ts';
import type { CallEvent } from '../../../src/calls/events/call-event.ts';
import { CallEventHub } from '../../../src/calls/events/call-event-hub.ts';
import type { EventRequest } from '../../../src/calls/events/event-request.ts';
import type { EventStream } from '../../../src/calls/events/event-stream.ts';
import { PollLease } from '../../../src/calls/events/poll-lease.ts';
import { RedisEventLog } from '../../../src/calls/events/redis-event-log.ts';
import { Cipher } from '../../../src/store/cipher.ts';
import { RedisStore } from '../../../src/store/redis-store.ts';
import { adminOf, ownRedis, storeAt } from '../../store/store-harness.ts';
import { ArrayAdapter } from '../../support/array-adapter.ts';
import { eventually } from '../../support/eventually.ts';
import { hasOwnRedis, startRedis, unlessNoOwnRedis } from '../../support/redis-server.ts';
import { someAccount, someCall } from '../../support/some-call.ts';
import { cases, checkLives, type Processes } from './event-lives.ts';
import { ManualClock } from './manual-clock.ts';

const account = someAccount();
const all: EventRequest = { accountKeys: ['alpha'], signal: new AbortController().signal };
const cipher = new Cipher('a secret of sixteen', 'alpha');

/** A process that shares the Redis at this URL. */
async function processAt(url: string) {
  const log = new RedisEventLog(storeAt(url), () => cipher);
  const failures: unknown[] = [];
  const hub = new CallEventHub({
    log,
    accounts: new Map([['alpha', account]]),
    onFailure: (cause) => failures.push(cause),
  });
  onTestFinished(() => hub.close());
  // What is there at the first connection is not told: it is a gap to who waits for it.
  const first = await hub.subscribe(all).next();
  expect(first.value?.kind).toBe('GAP');
  const see = (changes: Partial<Call>) => hub.observe({ call: someCall(changes), source: 'WEBHOOK' });
  return { hub, see, failures };
}

/** Processes on an empty log that poll the same account, by a clock that waits for Redis. */
async function openPolled(stores: readonly RedisStore[], hasWebhooks: boolean): Promise<Processes> {
  let commands = 0;
  const counted = <T>(command: Promise<T>) => {
    commands += 1;
    return command.finally(() => {
      commands -= 1;
    });
  };
  const clock = new ManualClock(() => commands > 0);
  const adapter = new ArrayAdapter(account);
  const logs: RedisEventLog[] = [];
  const hubs = stores.map((store) => {
    for (const name of ['run', 'write', 'get'] as const) {
      const command = store[name].bind(store) as (...of: unknown[]) => Promise<never>;
      store[name] = (...of: unknown[]) => counted(command(...of));
    }
    const log = new RedisEventLog(store, () => cipher);
    logs.push(log);
    return new CallEventHub({
      log,
      accounts: new Map([['alpha', account]]),
      createPoller: (key, self) =>
        new AccountPoller({
          ...{ adapter, hasWebhooks, lease: new PollLease(store, key), pause: clock.pause, now: clock.now },
          events: self,
        }),
      pause: clock.pause,
    });
  });
  // What is there at the first connection is not told: it is a gap to who waits for it.
  await Promise.all(
    hubs.map(async (hub) => {
      const first = hub.subscribe({ ...all, accountKeys: [] });
      await first.next();
      first.end();
    }),
  );
  const settle = async () => {
    const last = (await logs[0]?.last())?.number ?? 0;
    expect(await eventually(() => logs.every(({ ring }) => ring.position.number === last))).toBe(true);
    await clock.advance(0);
  };
  return { adapter, hubs, advance: (time) => clock.advance(time), settle };
}

async function take(stream: EventStream, count: number, wants = (_event?: CallEvent) => true) {
  const events = [];
  while (events.length < count) {
    const { value } = await stream.next();
    if (wants(value)) events.push(value);
  }
  return events;
}

const idsOf = (events: Awaited<ReturnType<typeof take>>) =>
  events.map((event) => event?.call?.providerCallId);

describe.runIf(hasOwnRedis)(`processes that share a Redis ${unlessNoOwnRedis}`, () => {
  const shared = startRedis();
  afterAll(async () => (await shared).stop());

  /** Two processes on an empty log. */
  async function open() {
    const { url } = await shared;
    const admin = await adminOf(url);
    await admin.flushall();
    return { url, admin, one: await processAt(url), other: await processAt(url) };
  }

  it('tell each change once, whoever has seen it, and to all subscribers alike', async () => {
    const { one, other } = await open();
    const streams = [one.hub.subscribe(all), other.hub.subscribe(all)];
    const states = ['RINGING', 'QUEUED', 'RINGING', 'IN_PROGRESS', 'COMPLETED', 'FAILED'] as const;
    for (const status of states) await Promise.all([one.see({ status }), other.see({ status })]);
    await one.see({ providerCallId: 'c-2' });
    const [mine, theirs] = await Promise.all(streams.map((stream) => take(stream, 4)));
    expect(mine?.map((event) => event?.call?.status)).toEqual([
      'RINGING',
      'IN_PROGRESS',
      'COMPLETED',
      'IN_PROGRESS',
    ]);
    expect(theirs).toEqual(mine);
    const timeline = await other.hub.timeline({ accountKey: 'alpha', providerCallId: 'c-1' });
    expect(timeline).toEqual(mine?.slice(0, 3));
  });

  it('tell each call forward only, no state twice, and its end within one poll', async () => {
    const { url } = await shared;
    const numRuns = Number(process.env.REDIS_EVENT_CASES ?? 3);
    const property = fc.asyncProperty(...cases, async (lives, steps, hasWebhooks) => {
      const stores = [1, 2].map(() => new RedisStore({ urls: [url] }));
      await stores[0]?.run('return redis.call("FLUSHALL")', ['any'], []);
      await checkLives(await openPolled(stores, hasWebhooks), lives, steps);
      await Promise.all(stores.map((store) => store.close()));
    });
    await fc.assert(property, { numRuns });
  });

  it('lose and double nothing for a client that goes on at another one in mid-stream', async () => {
    const { url, one, other } = await open();
    const count = Number(process.env.EVENT_COUNT ?? 400);
    const ids = Array.from({ length: count }, (_, i) => `c-${i}`);
    // Redis may be too slow on a busy machine: then the writer sees the call again, and a gap is told.
    const see = async (providerCallId: string): Promise<void> => {
      const failures = one.failures.length;
      await one.see({ providerCallId });
      if (one.failures.length > failures) await see(providerCallId);
    };
    const write = async () => {
      for (const providerCallId of ids) await see(providerCallId);
    };
    let gaps = 0;
    const isCall = (event?: CallEvent) => {
      gaps += Number(event?.kind === 'GAP');
      return event?.kind !== 'GAP';
    };
    const stream = other.hub.subscribe(all);
    const writing = write();
    const seen = await take(stream, count / 4, isCall);
    // The process of the client is gone, and the next one has read nothing of the log so far.
    await other.hub.close();
    for (const half of [count / 4, count / 2]) {
      const next = await processAt(url);
      const resumed = next.hub.subscribe({ ...all, after: seen.at(-1)?.cursor });
      seen.push(...(await take(resumed, half, isCall)));
      await next.hub.close();
    }
    await writing;
    expect(gaps).toBeLessThanOrEqual(one.failures.length);
    expect(idsOf(seen)).toEqual(ids);
    expect(new Set(seen.map((event) => event?.cursor)).size).toBe(count);
  });

  it('give a GAP for what was trimmed, then what is left', async () => {
    const { url, admin, one } = await open();
    const stream = one.hub.subscribe(all);
    for (const providerCallId of ['c-1', 'c-2', 'c-3', 'c-4']) await one.see({ providerCallId });
    const [first] = await take(stream, 4);
    await admin.xtrim('calls-graphql:v1:{events}:log', 'MAXLEN', 2);
    const rest = await take((await processAt(url)).hub.subscribe({ ...all, after: first?.cursor }), 3);
    expect(rest[0]?.kind).toBe('GAP');
    expect(idsOf(rest)).toEqual([undefined, 'c-3', 'c-4']);
    const again = (await processAt(url)).hub.subscribe({ ...all, after: rest[0]?.cursor });
    expect(idsOf(await take(again, 2))).toEqual(['c-3', 'c-4']);
  });

  it('keep nothing there that can be read of a call', async () => {
    const { admin, one } = await open();
    const stream = one.hub.subscribe(all);
    await one.see({ status: 'RINGING', callerName: 'Ann' });
    await take(stream, 1);
    const held = [await admin.xrange('calls-graphql:v1:{events}:log', '-', '+'), await admin.keys('*')];
    held.push((await admin.hgetall('calls-graphql:v1:{events}:calls')) as never);
    const text = JSON.stringify(held);
    expect(text).toContain('alpha');
    expect(text).not.toMatch(/c-1|1919|Ann|RINGING/);
    for (const key of await admin.keys('*')) expect(await admin.pttl(key)).toBeGreaterThan(0);
  });

  it('give a GAP when it was restarted empty, then go on', async () => {
    const redis = await ownRedis();
    const { hub, see, failures } = await processAt(redis.url);
    const stream = hub.subscribe(all);
    await see({ providerCallId: 'c-1' });
    const [first] = await take(stream, 1);
    const next = stream.next();
    await redis.stop();
    await see({ providerCallId: 'c-lost' });
    expect(failures).toHaveLength(1);
    await ownRedis(Number(new URL(redis.url).port));
    expect((await next).value?.kind).toBe('GAP');
    const after = hub.subscribe({ ...all, after: first?.cursor });
    expect((await after.next()).value?.kind).toBe('GAP');
    await see({ providerCallId: 'c-2' });
    for (const each of [stream, after]) {
      let event = (await each.next()).value;
      while (event?.kind === 'GAP') event = (await each.next()).value;
      expect(event?.call?.providerCallId).toBe('c-2');
    }
  });
});
