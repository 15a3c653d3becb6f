import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConnectCarrier, createManualClock, startConnect } from '../../src/sandbox/index.ts';
import { connectSettings } from '../support/carrier-accounts.ts';
import { callId } from '../support/client-ids.ts';
import { createVariables } from '../support/new-call.ts';
import { post, send } from '../support/post.ts';
import { hasOwnRedis, type OwnRedis, startRedis, unlessNoOwnRedis } from '../support/redis-server.ts';
import { killServers, type RunningServer, runServer } from '../support/run-server.ts';
import { writesIn } from '../support/writes-in.ts';

const createQuery = `mutation ($input: CreateCallInput!) {
  createCall(input: $input) { replayed call { id } userErrors { code message field } }
}`;
const muteQuery = `mutation ($id: ID!) {
  updateCall(input: { id: $id, change: { muted: true } }) { userErrors { code message } }
}`;

interface Heard {
  readonly code: string;
  readonly message: string;
  readonly field?: readonly string[] | null;
}

const notKept = {
  code: 'PROVIDER_UNAVAILABLE',
  message:
    'The `idempotencyKey` cannot be kept at the moment, so this request has placed nothing. Ask again later.',
  field: ['input', 'idempotencyKey'],
};
const full = {
  code: 'RATE_LIMITED',
  message:
    'This server holds as many idempotency keys as it can, each for 24 hours, so this request has placed nothing. ' +
    'Ask again when some have expired.',
  field: ['input', 'idempotencyKey'],
};
const notMuted = {
  code: 'PROVIDER_UNAVAILABLE',
  message: expect.stringContaining('it is not known at the moment whether the call is muted'),
};

/** What a client hears: `done`, `replayed`, or why not. */
const healthy = {
  'a key that is used': 'replayed',
  'a new key': 'done',
  'no key': 'done',
  'a call': 'done',
  'a list': 'done',
  'a mute': 'done',
};
const away = { ...healthy, 'a key that is used': notKept, 'a new key': notKept, 'a mute': notMuted };

describe.skipIf(!hasOwnRedis)(`a client of a server whose Redis ${unlessNoOwnRedis}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'redis-faults-'));
  const durable = ['--dir', folder, '--appendonly', 'yes'];
  let carrier: ConnectCarrier;
  let redis: OwnRedis;
  let server: RunningServer;
  let n = 0;

  beforeAll(async () => {
    carrier = await startConnect({ clock: createManualClock(Date.now()) });
    redis = await startRedis(undefined, ...durable);
    const accounts = [{ key: 'connect', provider: 'restcomm', ...connectSettings(carrier) }];
    const file = { accounts, store: { url: redis.url, strict: true }, cost: { pointsPerMinute: 5_000 } };
    server = await runServer({ file });
  });
  afterAll(async () => {
    await killServers();
    await Promise.all([redis?.stop(), carrier?.close()]);
    rmSync(folder, { recursive: true, force: true });
  });

  const restart = async (...args: string[]) => {
    await redis.stop();
    redis = await startRedis(Number(new URL(redis.url).port), ...args);
  };
  const tell = async (...commands: string[][]) => {
    const { Redis } = await import('ioredis');
    const admin = new Redis(redis.url);
    for (const [name = '', ...args] of commands) await admin.call(name, ...args);
    admin.disconnect();
  };
  /** Each number is dialled for one attempt only. */
  const aNumber = () => {
    n += 1;
    return `+1919555${String(n).padStart(4, '0')}`;
  };
  const create = async (idempotencyKey?: string, to = aNumber()) => {
    const variables = createVariables('connect', { to, ...(idempotencyKey && { idempotencyKey }) });
    type Data = { createCall: { replayed: boolean; call: { id: string } | null; userErrors: Heard[] } };
    const { data } = await post<Data>(server.url, createQuery, variables);
    const { replayed, call, userErrors } = data.createCall;
    return { heard: userErrors[0] ?? (replayed ? 'replayed' : 'done'), id: call?.id ?? '' };
  };
  const read = async (query: string, variables: object = {}) => {
    const { errors, data } = await post<{ updateCall?: { userErrors: Heard[] } }>(
      server.url,
      query,
      variables,
    );
    return data.updateCall?.userErrors[0] ?? errors[0] ?? 'done';
  };
  const dials = () => writesIn(carrier.journal).map(({ body }) => new URLSearchParams(body).get('To'));

  it.each([
    {
      fault: 'stands still',
      code: 'TIMEOUT',
      begin: async () => redis.freeze(),
      end: async () => redis.thaw(),
      heard: away,
    },
    {
      fault: 'is away, and restarts with what it had',
      code: /ECONNREFUSED|CLOSED/,
      begin: async () => redis.stop(),
      end: async () => restart(...durable),
      heard: away,
    },
    {
      fault: 'has become a replica, which is read-only',
      code: 'READONLY',
      begin: () => tell(['REPLICAOF', '127.0.0.1', '9']),
      end: () => tell(['REPLICAOF', 'NO', 'ONE']),
      heard: { ...healthy, 'a new key': notKept, 'a mute': notMuted },
    },
    {
      fault: 'is full',
      code: 'FULL',
      begin: () => tell(['CONFIG', 'SET', 'maxmemory', '1']),
      end: () => tell(['CONFIG', 'SET', 'maxmemory', '0']),
      heard: { ...healthy, 'a new key': full, 'a mute': notMuted },
    },
    {
      fault: 'evicts keys, under `strict`',
      code: 'EVICTION',
      // Where a connection is opened it is checked at once.
      begin: () =>
        tell(['CONFIG', 'SET', 'maxmemory-policy', 'allkeys-lru'], ['CLIENT', 'KILL', 'TYPE', 'normal']),
      end: () =>
        tell(['CONFIG', 'SET', 'maxmemory-policy', 'noeviction'], ['CLIENT', 'KILL', 'TYPE', 'normal']),
      heard: { ...away, 'a mute': 'done' },
    },
    {
      fault: 'restarts without persistence, under `strict`',
      code: 'NO_PERSISTENCE',
      begin: () => restart(),
      end: () => restart(...durable),
      heard: { ...away, 'a mute': 'done' },
    },
  ])('$fault', async ({ fault, code, begin, end, heard }) => {
    const [used, fresh] = [`${fault}, used`, `${fault}, new`];
    const [to, freshTo] = [aNumber(), aNumber()];
    const { id } = await create(used, to);
    await begin();
    const asked = await Promise.all([
      create(used, to),
      create(fresh, freshTo),
      create(),
      read('query ($id: ID!) { call(id: $id) { id } }', { id }),
      read('{ calls(first: 5) { nodes { id } unavailable { code } } }'),
      read(muteQuery, { id: callId('connect', carrier.add({ status: 'in-progress' }).sid) }),
    ]);
    const names = Object.keys(healthy);
    const answers = asked.map((each) => (typeof each === 'object' && 'heard' in each ? each.heard : each));
    expect(Object.fromEntries(names.map((name, i) => [name, answers[i]]))).toEqual(heard);
    const { text } = await send(new URL('/readyz', server.url).href);
    const told = expect.objectContaining({ state: 'degraded', code: expect.stringMatching(code) });
    expect(JSON.parse(text)).toMatchObject({ ready: true, store: told });
    const line = new RegExp(`"store":\\{"state":"degraded","code":"${stringOf(code)}"`);
    await expect.poll(() => server.output(), { timeout: 30_000 }).toMatch(line);
    await end();
    const isBack = expect.poll(async () => (await create(fresh, freshTo)).heard, { timeout: 30_000 });
    await isBack.toMatch(/done|replayed/);
    expect((await create(used, to)).heard).toBe('replayed');
    expect(dials().filter((each) => each === to || each === freshTo)).toHaveLength(2);
  });
});

function stringOf(code: RegExp | string): string {
  return typeof code === 'string' ? code : code.source;
}
