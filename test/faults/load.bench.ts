import { afterAll, beforeAll, expect, it } from 'vitest';
import { accountId, callId } from '../support/client-ids.ts';
import { type RunningServer, runServer } from '../support/run-server.ts';
import { type StubServer, startStubServer } from '../support/stub-server.ts';
import { offer, type Served } from './offered.ts';

const seconds = Number(process.env.SECONDS ?? 60);
const deadline = 2_000;
/** Milliseconds that a request may stand in the queue of a process with twice the work it can do. */
const slack = 1_000;

const sid = `CA${'1'.repeat(32)}`;
const accountSid = `AC${'0'.repeat(32)}`;
/** One a minute, newest first. */
const timeOf = (i: number) =>
  new Date(Date.UTC(2026, 10, 20, 12) - i * 60_000).toUTCString().replace('GMT', '+0000');
const record = (i: number) => ({
  sid: i === 0 ? sid : `CA${String(i).padStart(32, '2')}`,
  date_created: timeOf(i),
  date_updated: timeOf(i),
  start_time: '2026-11-20T12:00:00.000Z',
  end_time: '2026-11-20T12:02:00.000Z',
  from: '+19195550100',
  to: '+19195550123',
  status: 'completed',
  direction: 'inbound',
  duration: 117,
  uri: `/2012-04-24/Accounts/${accountSid}/Calls/${sid}.json`,
});
const one = JSON.stringify(record(0));
const lists = new Map<string, string>();

let healthy: StubServer;
let hanging: StubServer;
let server: RunningServer;

beforeAll(async () => {
  // Text that was made before: the server is to be the bottleneck.
  healthy = await startStubServer((response, { url }) => {
    const query = new URLSearchParams(url.split('?')[1]);
    const [page, size] = [query.get('Page') ?? '0', query.get('PageSize') ?? '50'];
    const key = `${page} ${size}`;
    if (!lists.has(key)) {
      const calls = Array.from({ length: Number(size) }, (_, i) => record(Number(page) * Number(size) + i));
      const uri = `/2012-04-24/Accounts/${accountSid}/Calls`;
      lists.set(
        key,
        JSON.stringify({ page: Number(page), page_size: Number(size), num_pages: 9, total: 900, uri, calls }),
      );
    }
    response.end(url.includes('?') ? lists.get(key) : one);
    healthy.requests.length = 0;
  });
  hanging = await startStubServer(() => {});
  const account = (key: string, origin: string) => ({
    key,
    provider: 'restcomm',
    accountSid,
    baseUrl: origin,
    auth: { username: 'user', password: 'password' },
  });
  server = await runServer({
    file: {
      accounts: [
        account('first', `${healthy.origin}/first`),
        account('second', `${healthy.origin}/second`),
        account('hanging', hanging.origin),
      ],
      limits: { headersTimeout: '1s', readDeadline: `${deadline}ms` },
    },
    env: { LOG_LEVEL: 'warn', NODE_ENV: 'production' },
  });
});
afterAll(async () => {
  await server.stop();
  await Promise.all([healthy.close(), hanging.close()]);
});

const lookUp = 'query ($id: ID!) { call(id: $id) { id status from to } }';
const list = 'query ($id: ID!) { account(id: $id) { calls(first: 20) { nodes { id status from to } } } }';
/** Looks calls up and lists them in turn; no two requests under way are the same to the provider. */
const bodies = (keys: readonly string[]) => (n: number) => {
  const key = keys[n % keys.length] as string;
  return n % 4 < 2
    ? JSON.stringify({ query: lookUp, variables: { id: callId(key, sid) } })
    : JSON.stringify({ query: list, variables: { id: accountId(key) } });
};

/** Answers that were neither data nor a 503. */
function failuresIn({ requests, codes: { ok = 0, UNAVAILABLE = 0 } }: Served): number {
  return requests - ok - UNAVAILABLE;
}

it('serves the healthy accounts at four fifths of their throughput while a third one hangs', async () => {
  const { origin } = new URL(server.url);
  const onHealthy = { origin, connections: 128, body: bodies(['first', 'second']) };
  const onHanging = { origin, connections: 64, body: bodies(['hanging']) };
  await offer(onHealthy, 3_000);
  const capacity = (await offer(onHealthy, 5_000)).perSecond;
  // Twice as much as can be served, a third of it for each account.
  const twice = 2 * capacity;
  const load = { ...onHealthy, perSecond: (2 / 3) * twice };
  const ms = seconds * 1000;
  const before = await offer(load, ms / 4);
  const [during, stuck] = await Promise.all([
    offer(load, ms),
    offer({ ...onHanging, perSecond: twice / 3 }, ms),
  ]);
  const after = await offer(load, ms / 4);
  const row = (name: string, { perSecond, notAsked, p50, p99, slowest, codes }: Served) => ({
    load: name,
    'served/s': perSecond,
    'not asked': notAsked,
    'p50 ms': p50,
    'p99 ms': p99,
    'slowest ms': slowest,
    answers: JSON.stringify(codes),
  });
  console.log(`can serve ${capacity}/s; offered ${twice}/s for ${seconds} s; deadline ${deadline} ms`);
  console.table([
    row('healthy alone, before', before),
    row('healthy, a third hanging', during),
    row('healthy alone, after', after),
    row('the one that hangs', stuck),
  ]);
  const share = during.perSecond / ((before.perSecond + after.perSecond) / 2);
  console.log(`the healthy accounts keep ${(100 * share).toFixed(1)} % of their throughput`);
  expect(failuresIn(before) + failuresIn(during) + failuresIn(after)).toBe(0);
  expect(stuck.codes).not.toHaveProperty('ok');
  expect(Math.max(during.slowest, stuck.slowest)).toBeLessThan(deadline + slack);
  expect(share).toBeGreaterThanOrEqual(0.8);
});
