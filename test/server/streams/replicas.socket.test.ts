import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeCursor } from '../../../src/calls/events/event-cursor.ts';
import { type BandwidthCarrier, startBandwidth } from '../../../src/sandbox/index.ts';
import { toKeyName } from '../../../src/store/key-name.ts';
import { type Event, follow, query } from '../../examples/follow-calls.ts';
import { adminOf } from '../../store/store-harness.ts';
import { startBalancer } from '../../support/balancer.ts';
import { bandwidthSettings } from '../../support/carrier-accounts.ts';
import { openEventSource } from '../../support/event-source.ts';
import { eventually } from '../../support/eventually.ts';
import { send } from '../../support/post.ts';
import { hasOwnRedis, type OwnRedis, startRedis, unlessNoOwnRedis } from '../../support/redis-server.ts';
import { killServers, type RunningServer, runServer } from '../../support/run-server.ts';

/** Events of each test, two of each call. */
const count = Number(process.env.EVENT_COUNT ?? 400);
/** Webhooks that are sent at a time. */
const concurrency = 16;
const webhookSecret = 'a-secret-of-the-account';

let carrier: BandwidthCarrier;
let redis: OwnRedis;
let servers: RunningServer[];

beforeAll(async () => {
  if (!hasOwnRedis) return;
  [carrier, redis] = await Promise.all([startBandwidth(), startRedis()]);
  const account = { key: 'main', provider: 'bandwidth', webhookSecret, ...bandwidthSettings(carrier) };
  const file = { access: 'open', accounts: [account], store: { url: redis.url } };
  servers = await Promise.all([1, 2, 3].map(() => runServer({ file })));
});
afterAll(async () => {
  await killServers();
  await Promise.all([redis?.stop(), carrier?.close()]);
});

/** A client that follows all calls by the loop that resumes, at one of the servers in turn. */
async function startClient(...at: readonly RunningServer[]) {
  const balancer = await startBalancer('/graphql', ...at.map(({ url }) => Number(new URL(url).port)));
  const ending = new AbortController();
  const received: Event['callEvents'][] = [];
  const following = (async () => {
    for await (const { data } of follow(balancer.url, ending.signal))
      if (data) received.push(data.callEvents);
  })();
  const stop = async () => {
    ending.abort();
    balancer.close();
    await following;
  };
  return { received, stop };
}

/** Sends a webhook of each call, to the servers in turn; as a carrier does, to another one if it is not taken. */
async function tell(eventType: string, ids: readonly string[], onSent: (index: number) => void = () => {}) {
  const webhook = {
    ...{ eventType, accountId: carrier.accountId, direction: 'inbound' },
    ...{ from: '+12015550100', to: '+12015550101' },
    ...{ startTime: '2026-11-30T10:00:00Z', eventTime: '2026-11-30T10:00:01Z' },
  };
  let next = 0;
  const sendAll = async () => {
    for (let i = next++; i < ids.length; i = next++) {
      const body = JSON.stringify({ ...webhook, callId: ids[i] });
      for (let turn = i; ; turn += 1) {
        const { href } = new URL(`/webhooks/main/${webhookSecret}`, servers[turn % servers.length]?.url);
        const headers = { 'content-type': 'application/json' };
        const reply = await send(href, { method: 'POST', headers, body }).catch(() => undefined);
        if (reply?.status === 204) break;
      }
      onSent(i);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, sendAll));
}

/** The cursors of all events of calls, as Redis has them. */
async function readLog(): Promise<string[]> {
  const admin = await adminOf(redis.url);
  const entries = await admin.xrange(`calls-graphql:${toKeyName('events', 'log')}`, '-', '+');
  return entries.flatMap(([id, [, value = '']]) => {
    const [number, accountKey] = value.split(' ');
    return accountKey === '' ? [] : [encodeCursor({ number: Number(number), id })];
  });
}

describe.skipIf(!hasOwnRedis)(`a client whose server ends in mid-stream ${unlessNoOwnRedis}`, () => {
  it.each([
    ['SIGKILL', null],
    ['SIGTERM', 0],
  ] as const)('goes on at another one after %s, and loses and doubles nothing', async (signal, exitCode) => {
    const [leaving, staying] = servers as [RunningServer, RunningServer];
    const { received, stop } = await startClient(leaving, staying);
    // The client has a cursor to go on from once it has got an event.
    for (let i = 0; received.length === 0; i += 1) {
      await tell('initiate', [`${signal}-first-${i}`]);
      await eventually(() => received.length > 0, 500);
    }
    const others = await Promise.all(
      Array.from({ length: 20 }, () => openEventSource(leaving.url, { body: { query } })),
    );
    const ends = others.map((other) => other.text().catch(() => 'is cut'));

    const ids = Array.from({ length: count / 2 }, (_, i) => `${signal}-${i}`);
    const told = (kind: string) => received.filter((event) => event.kind === kind).length;
    /** Whether Redis was too slow for one of them, on a busy machine. */
    const hasFailed = () => servers.some((each) => each.output().includes('cannot be told'));
    /** Whether webhooks that were taken may be lost, so that they are sent again. */
    const isLosing = () => signal === 'SIGKILL' || hasFailed();
    const tellAll = async (eventType: string, kind: string, onSent?: (index: number) => void) => {
      const before = told(kind);
      await tell(eventType, ids, onSent);
      const isDone = () => told(kind) - before >= ids.length;
      for (let again = 0; again < 15 && !(await eventually(isDone, 1_000)); again += 1) {
        if (isLosing()) await tell(eventType, ids);
      }
      expect(isDone(), `${told(kind) - before} of ${ids.length} ${kind}`).toBe(true);
    };
    await tellAll('initiate', 'CREATED', (i) => i === count / 8 && leaving.process.kill(signal));
    expect(await leaving.ended).toBe(exitCode);
    await tellAll('disconnect', 'ENDED');

    const events = received.filter(({ kind }) => kind !== 'GAP');
    const log = await readLog();
    const [first = ''] = events.map(({ cursor }) => cursor);
    expect(events.map(({ cursor }) => cursor)).toEqual(log.slice(log.indexOf(first)));
    const kinds = new Map<string | undefined, string[]>();
    for (const { call, kind } of events) kinds.set(call?.id, [...(kinds.get(call?.id) ?? []), kind]);
    const whole = [...kinds.values()].filter(([, end]) => end === 'ENDED');
    expect(whole).toEqual(ids.map(() => ['CREATED', 'ENDED']));
    if (!hasFailed()) expect(events).toHaveLength(received.length);
    for (const text of await Promise.all(ends)) expect(text).not.toContain('event: complete');
    servers = servers.filter((server) => server !== leaving);
    await stop();
  });
});
