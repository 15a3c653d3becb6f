import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type BandwidthCarrier,
  type ConnectCarrier,
  type SbcCarrier,
  startBandwidth,
  startConnect,
  startSbc,
} from '../../src/sandbox/index.ts';
import { beatInterval } from '../../src/server/streams/stream-body.ts';
import { bandwidthSettings, connectSettings, sbcSettings } from '../support/carrier-accounts.ts';
import { type Created, createQuery, createVariables } from '../support/new-call.ts';
import { post } from '../support/post.ts';
import { killServers, type RunningServer, runServer } from '../support/run-server.ts';

const swaps = Number(process.env.RELOADS ?? 6);
const headers = { 'x-api-key': 'all' };
const folder = mkdtempSync(join(tmpdir(), 'reload-'));
const path = join(folder, 'accounts.yml');

let bandwidth: BandwidthCarrier;
let connect: ConnectCarrier;
let sbc: SbcCarrier;
let server: RunningServer;
let reloads = 0;

const hashOf = (key: string) => createHash('sha256').update(key).digest('hex');
const keyOf = (name: string, ...accounts: string[]) => ({
  ...{ name, sha256: hashOf(name), may: ['write'] },
  ...(accounts.length > 0 && { accounts }),
});

/** The file, in which one account stays, one is another each time, and one comes and goes. */
function fileOf(count: number, more: object = {}): object {
  const accounts = [
    { key: 'acme-stays', provider: 'restcomm', ...connectSettings(connect) },
    { key: 'acme-changes', name: `Changed ${count}`, provider: 'bandwidth', ...bandwidthSettings(bandwidth) },
    ...(count % 2 === 1 ? [{ key: 'comes', provider: 'restcomm', ...sbcSettings(sbc) }] : []),
  ];
  const keys = [keyOf('all'), keyOf('acme', 'acme-*')];
  return {
    accounts,
    access: { keys },
    limits: { callsPerSecond: 1_000 },
    cost: { pointsPerMinute: 1e6 },
    ...more,
  };
}

async function reload(file: object | string): Promise<Record<string, unknown>> {
  writeFileSync(path, typeof file === 'string' ? file : JSON.stringify(file));
  server.process.kill('SIGHUP');
  reloads += 1;
  const lines = () => server.output().match(/^.*"the configuration .*$/gm) ?? [];
  await expect.poll(lines, { interval: 5 }).toHaveLength(reloads);
  return JSON.parse(lines().at(-1) ?? '');
}

async function keysFor(key: string): Promise<string[] | number> {
  const query = '{ accounts { key } }';
  const { status, data } = await post<{ accounts: { key: string }[] }>(
    server.url,
    query,
    {},
    { 'x-api-key': key },
  );
  return status === 200 ? data.accounts.map((account) => account.key) : status;
}

beforeAll(async () => {
  [bandwidth, connect, sbc] = await Promise.all([
    startBandwidth({ latency: 15 }),
    startConnect(),
    startSbc(),
  ]);
  writeFileSync(path, JSON.stringify(fileOf(0)));
  server = await runServer({ env: { CALLS_CONFIG: path } });
});
afterAll(async () => {
  await killServers();
  await Promise.all([bandwidth.close(), connect.close(), sbc.close()]);
  rmSync(folder, { recursive: true });
});

describe('on SIGHUP, the accounts file is read again', () => {
  it('under load, with no request failed, one POST for each call placed, and subscriptions that go on', async () => {
    const failures: unknown[] = [];
    const placed: string[] = [];
    let isOver = false;
    let reads = 0;
    const read = async () => {
      const query = '{ calls(first: 5) { nodes { id } unavailable { code } } }';
      type Data = { calls: { unavailable: unknown[] } };
      const { status, errors, data } = await post<Data>(server.url, query, {}, headers);
      reads += 1;
      if (status !== 200 || errors.length > 0 || data.calls.unavailable.length > 0)
        failures.push([status, errors, data]);
    };
    const place = async (worker: number) => {
      const to = `+1919555${String(worker * 100 + placed.length).padStart(4, '0')}0`;
      placed.push(to);
      const account = worker % 2 === 0 ? 'acme-changes' : 'acme-stays';
      const variables = createVariables(account, { to, idempotencyKey: to });
      const { status, errors, data } = await post<Created>(server.url, createQuery, variables, headers);
      if (status !== 200 || errors.length > 0 || data.createCall.call === null)
        failures.push([status, errors, data]);
    };
    const work = async (worker: number) => {
      while (!isOver) await (worker < 4 ? place(worker) : read());
    };
    const events = await follow();
    const workers = Array.from({ length: 10 }, (_, worker) => work(worker));
    for (let count = 1; count <= swaps; count += 1) {
      const [before, beforePlaced] = [reads, placed.length];
      expect(await reload(fileOf(count))).toMatchObject({ level: 30, msg: 'the configuration is in use' });
      await expect.poll(() => reads > before && placed.length > beforePlaced, { interval: 5 }).toBe(true);
    }
    isOver = true;
    await Promise.all(workers);
    expect(failures).toEqual([]);
    const dialled = [...bandwidth.journal, ...connect.journal]
      .filter(({ method, path: to }) => method === 'POST' && /\/calls(\.json)?$/i.test(to))
      .map(({ body }) => /\bto"?[=:]"?(\+\d+)/i.exec(decodeURIComponent(body))?.[1]);
    expect(dialled.sort()).toEqual([...placed].sort());
    expect(placed.length).toBeGreaterThan(swaps);
    const last = `+1919555${'9'.repeat(5)}`;
    await post(server.url, createQuery, createVariables('acme-changes', { to: last }), headers);
    await expect.poll(events.text).toContain(last);
    events.end();
  }, 30_000);

  it('and patterns of accounts and keys follow', async () => {
    await reload(fileOf(0));
    expect(await keysFor('acme')).toEqual(['acme-stays', 'acme-changes']);
    const [kept, withdrawn] = [await follow(), await follow('acme')];
    expect(await keysFor('new')).toBe(401);
    const added = { key: 'acme-new', provider: 'restcomm', ...sbcSettings(sbc) };
    const { accounts } = fileOf(0) as { accounts: object[] };
    const keys = [keyOf('acme', 'acme-n*'), keyOf('new'), keyOf('all')];
    await reload(fileOf(0, { accounts: [...accounts, added], access: { keys } }));
    expect(await keysFor('acme')).toEqual(['acme-new']);
    expect(await keysFor('new')).toHaveLength(3);
    // At once, and not at the next beat.
    await expect.poll(withdrawn.text, { timeout: (beatInterval - 2) * 1000 }).toContain('UNAUTHENTICATED');
    expect(kept.text()).not.toContain('errors');
    kept.end();
  });

  it('and nothing changes if it cannot be used: the log has every problem', async () => {
    await reload(fileOf(0));
    const line = await reload(fileOf(0, { acounts: [], access: { keys: [keyOf('all', 'acne-*')] } }));
    expect(line).toMatchObject({
      level: 50,
      msg: 'the configuration stays as it is',
      problems: [
        'acounts: is not a known key',
        'access.keys[0].accounts[0]: acne-* is the key of no account',
      ],
    });
    expect(await reload('{')).toMatchObject({
      level: 50,
      problems: [expect.stringContaining('is not YAML')],
    });
    expect(await keysFor('all')).toHaveLength(2);
  });

  it('and what needs a restart is named, while all else is taken', async () => {
    const line = await reload(
      fileOf(1, { shutdown: { delay: '1s' }, limits: { readDeadline: '29s' }, introspection: false }),
    );
    expect(line).toMatchObject({
      level: 40,
      accounts: ['acme-stays', 'acme-changes', 'comes'],
      ignored: ['introspection', 'limits.readDeadline', 'shutdownDelay'],
    });
    expect(await keysFor('all')).toHaveLength(3);
    const ready = (await (await fetch(new URL('/readyz', server.url))).json()) as { accounts: unknown[] };
    expect(ready.accounts).toHaveLength(3);
  });
});

/** Follows the calls of all accounts of a key. */
async function follow(key = 'all') {
  const query = 'subscription { callEvents { call { to } } }';
  const sending = request(server.url, {
    method: 'POST',
    headers: { 'x-api-key': key, 'content-type': 'application/json', accept: 'text/event-stream' },
    agent: false,
  });
  sending.end(JSON.stringify({ query }));
  const [response] = await once(sending, 'response');
  let text = '';
  response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  return { text: () => text, end: () => sending.destroy() };
}
