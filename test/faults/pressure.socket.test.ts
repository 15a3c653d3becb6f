import { Pool } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pause } from '../support/eventually.ts';
import { createQuery, createVariables } from '../support/new-call.ts';
import { type RunningServer, runServer } from '../support/run-server.ts';
import { type StubServer, startStubServer } from '../support/stub-server.ts';

const accountSid = `AC${'0'.repeat(32)}`;
const placed = JSON.stringify({
  sid: `CA${'1'.repeat(32)}`,
  date_created: 'Fri, 20 Nov 2026 12:00:00 +0000',
  from: '+19195550100',
  to: '+19195550123',
  status: 'queued',
  direction: 'outbound-api',
});

let carrier: StubServer;
let server: RunningServer;
let pool: Pool;

beforeAll(async () => {
  carrier = await startStubServer((response) => response.end(placed));
  const auth = { username: 'user', password: 'password' };
  server = await runServer({
    file: { accounts: [{ key: 'main', provider: 'restcomm', accountSid, baseUrl: carrier.origin, auth }] },
    env: { LOG_LEVEL: 'warn', NODE_ENV: 'production' },
  });
  pool = new Pool(new URL(server.url).origin, { connections: 400, pipelining: 1 });
});
afterAll(async () => {
  await pool.close();
  await server.stop();
  await carrier.close();
});

const body = JSON.stringify({ query: createQuery, variables: createVariables('main') });

interface Heard {
  readonly status: number;
  readonly retryAfter: unknown;
  readonly text: string;
}

async function dial(): Promise<Heard> {
  const headers = { 'content-type': 'application/json' };
  const answer = await pool.request({ method: 'POST', path: '/graphql', headers, body });
  const text = await answer.body.text();
  return { status: answer.statusCode, retryAfter: answer.headers['retry-after'], text };
}

/** So many clients, each of which sends its next request at once while it may, whatever the response. */
async function flood(
  clients: number,
  maySend: (sent: number, heard: readonly Heard[]) => boolean,
): Promise<Heard[]> {
  const heard: Heard[] = [];
  const send = async () => {
    for (let sent = 0; maySend(sent, heard); sent += 1) heard.push(await dial());
  };
  await Promise.all(Array.from({ length: clients }, send));
  return heard;
}

const isPlaced = ({ text }: Heard) => text.includes('"call":{"id"');

/** How many requests each line of the log speaks of. */
function refusedIn(log: string): number[] {
  return [...log.matchAll(/"refused":(\d+)/g)].map(([, count]) => Number(count));
}

describe('Under more than it can serve, the server', () => {
  it('answers everybody, with 503 where it did nothing, and dials once for each 200 with a call', async () => {
    const health: number[] = [];
    let isOver = false;
    const watch = (async () => {
      for (; !isOver; await pause(50)) {
        for (const path of ['/healthz', '/readyz']) {
          health.push((await fetch(new URL(path, server.url))).status);
        }
      }
    })();
    const began = performance.now();
    // A busy machine may need longer to send more than the server can serve.
    const isRefused = (heard: readonly Heard[]) => heard.some(({ status }) => status === 503);
    const heard = await flood(400, (_, heard) => {
      const elapsed = performance.now() - began;
      return elapsed < 1_500 || (elapsed < 60_000 && !isRefused(heard));
    });
    isOver = true;
    await watch;
    const refused = heard.filter(({ status }) => status === 503);
    expect(new Set(heard.map(({ status }) => status))).toEqual(new Set([200, 503]));
    expect(refused.every(({ retryAfter }) => retryAfter === '1')).toBe(true);
    const [error] = JSON.parse(refused[0]?.text ?? '').errors;
    expect(error).toEqual({
      message: expect.stringContaining('Nothing was done'),
      extensions: { code: 'UNAVAILABLE', retryAfter: 1 },
    });
    expect(heard.filter(isPlaced).length).toBeGreaterThan(0);
    expect(carrier.requests.filter(({ method }) => method === 'POST')).toHaveLength(
      heard.filter(isPlaced).length,
    );
    expect(new Set(health)).toEqual(new Set([200]));
    await pause(1_500);
    const logged = refusedIn(server.output());
    const seconds = (performance.now() - began) / 1_000;
    expect(logged.length, 'one line a second').toBeLessThanOrEqual(seconds + 1);
    expect(logged.reduce((sum, count) => sum + count, 0)).toBe(refused.length);
  });

  it('refuses nobody any more as soon as few ask', async () => {
    await pause(600);
    const heard = await flood(20, (sent) => sent < 10);
    expect(heard).toHaveLength(200);
    expect(heard.filter(({ status }) => status !== 200)).toEqual([]);
  });

  it('refuses nobody after it was held up', async () => {
    server.process.kill('SIGSTOP');
    const waiting = Array.from({ length: 60 }, dial);
    await pause(400);
    server.process.kill('SIGCONT');
    expect((await Promise.all(waiting)).filter(({ status }) => status !== 200)).toEqual([]);
  });
});
