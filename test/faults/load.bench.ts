import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accountId, callId } from './ask.ts';
import { offer, type Served } from './offered.ts';
import { type Running, run } from './running.ts';
import { type Stranger, startStranger } from './stranger.ts';

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

let healthy: Stranger;
let hanging: Stranger;
let server: Running;

beforeAll(async () => {
  // Text that was made before: the server is to be the bottleneck.
  healthy = await startStranger((response, { url }) => {
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
  hanging = await startStranger(() => {});
  const account = (key: string, origin: string) => ({
    key,
    provider: 'restcomm',
    accountSid,
    baseUrl: origin,
    auth: { username: 'user', password: 'password' },
  });
  server = await run(
    {
      accounts: [
        account('first', healthy.origin),
        account('second', healthy.origin),
        account('hanging', hanging.origin),
      ],
      limits: { headersTimeout: '1s', readDeadline: `${deadline}ms` },
    },
    { LOG_LEVEL: 'warn', NODE_ENV: 'production' },
  );
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

/** Seconds of processor time that the server has used (Linux counts in hundredths). */
function processorTime(): number {
  const stat = readFileSync(`/proc/${server.process.pid}/stat`, 'utf8');
  const [user = 0, system = 0] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13)
    .map(Number);
  return (user + system) / 100;
}

interface Phase {
  readonly name: string;
  readonly served: Served;
  /** Share of one processor that the server had. */
  readonly processor: number;
}

/** What was served, and at what expense: a machine that does other things as well is slow by the clock alone. */
async function measure(name: string, work: () => Promise<Served>): Promise<Phase> {
  const [began, before] = [performance.now(), processorTime()];
  const served = await work();
  return { name, served, processor: ((processorTime() - before) * 1000) / (performance.now() - began) };
}

const perProcessor = ({ served, processor }: Phase) => served.perSecond / processor;

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
  let stuck: Served | undefined;
  const before = await measure('healthy alone, before', () => offer(load, ms / 4));
  const during = await measure('healthy, a third hanging', async () => {
    const [kept, hung] = await Promise.all([
      offer(load, ms),
      offer({ ...onHanging, perSecond: twice / 3 }, ms),
    ]);
    stuck = hung;
    return kept;
  });
  const after = await measure('healthy alone, after', () => offer(load, ms / 4));
  const row = (name: string, { perSecond, turnedAway, p50, p99, slowest, codes }: Served) => ({
    load: name,
    'served/s': perSecond,
    'turned away': turnedAway,
    'p50 ms': p50,
    'p99 ms': p99,
    'slowest ms': slowest,
    answers: JSON.stringify(codes),
  });
  console.log(`can serve ${capacity}/s; offered ${twice}/s for ${seconds} s; deadline ${deadline} ms`);
  console.table([
    ...[before, during, after].map((phase) => ({
      ...row(phase.name, phase.served),
      'served/s of processor time': Math.round(perProcessor(phase)),
    })),
    row('the one that hangs', stuck as Served),
  ]);
  const alone = (perProcessor(before) + perProcessor(after)) / 2;
  const aloneByClock = (before.served.perSecond + after.served.perSecond) / 2;
  const share = perProcessor(during) / alone;
  const percent = (value: number) => `${(100 * value).toFixed(1)} %`;
  console.log(
    `the healthy accounts keep ${percent(share)} of their throughput by processor time, ` +
      `${percent(during.served.perSecond / aloneByClock)} by the clock`,
  );
  expect(during.served.codes).toEqual({ ok: during.served.requests });
  expect(stuck?.codes).not.toHaveProperty('ok');
  expect(Math.max(during.served.slowest, stuck?.slowest ?? 0)).toBeLessThan(deadline + slack);
  expect(share).toBeGreaterThanOrEqual(0.8);
});
