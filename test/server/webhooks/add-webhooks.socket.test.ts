import type { AddressInfo } from 'node:net';
import Fastify, { type FastifyInstance, LogController } from 'fastify';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { readWebhook as readBandwidth } from '../../../src/adapters/bandwidth/webhooks.ts';
import { createConnect } from '../../../src/adapters/restcomm/dialect.ts';
import { readWebhook as readRestcomm } from '../../../src/adapters/restcomm/webhooks.ts';
import type { Call } from '../../../src/calls/call.ts';
import type { CallsAdapter } from '../../../src/calls/calls-adapter.ts';
import type { Observation } from '../../../src/calls/events/observation.ts';
import { ProviderError } from '../../../src/calls/failure.ts';
import { createManualClock, startBandwidth } from '../../../src/sandbox/index.ts';
import { handleHttpErrors } from '../../../src/server/http-errors.ts';
import { addWebhooks, type WebhookParts } from '../../../src/server/webhooks/add-webhooks.ts';
import { StoreFailure } from '../../../src/store/store-failure.ts';
import { ArrayAdapter } from '../../support/array-adapter.ts';
import { eventually } from '../../support/eventually.ts';
import { someAccount, someCall } from '../../support/some-call.ts';

const secret = 'a-secret-of-the-account';
const accountSid = `AC${'2'.padStart(32, '0')}`;
const bandwidth = someAccount({ key: 'bw', providerAccountId: '9900001' });
const connect = someAccount({ key: 'rc', provider: 'RESTCOMM', providerAccountId: accountSid });
const open: FastifyInstance[] = [];

afterEach(async () => {
  for (const app of open.splice(0)) await app.close();
});

interface Options {
  readonly calls?: readonly Call[];
  readonly failure?: Error;
  readonly observe?: () => Promise<void>;
  readonly credentials?: { readonly username: string; readonly password: string };
  readonly hooks?: Partial<ReturnType<WebhookParts['statusHooksOf']>>;
}

/** A server with an account at each provider, what it observed, and the lines of its log. */
async function start(options: Options = {}) {
  const { calls = [], failure, observe = async () => undefined, credentials, hooks } = options;
  const log: string[] = [];
  const seen: Observation[] = [];
  const app = Fastify({
    logger: { level: 'trace', stream: { write: (line) => log.push(line) } },
    logController: new LogController({ disableRequestLogging: true }),
  });
  open.push(app);
  handleHttpErrors(app);
  const record = new ArrayAdapter(connect, calls);
  record.failure = failure;
  const adapters: CallsAdapter[] = [
    Object.assign(new ArrayAdapter(bandwidth), {
      callIdOf: ({ callId }: { callId?: string }) => callId ?? null,
      readWebhook: (fields: object) => readBandwidth({ ...fields }, bandwidth),
    }),
    Object.assign(record, {
      readWebhook: (fields: object) => readRestcomm({ ...fields }, connect, createConnect(accountSid)),
    }),
    new ArrayAdapter(someAccount({ key: 'silent' })),
  ];
  addWebhooks(app, {
    accounts: {
      current: {
        open: new Map(
          adapters.map((adapter) => [
            adapter.account.key,
            { adapter, configured: { webhookSecret: secret, webhookCredentials: credentials } },
          ]),
        ),
      },
    },
    events: {
      observe: async (observation) => {
        seen.push(observation);
        await observe();
      },
    },
    statusHooksOf: (key) =>
      key === 'bw' && hooks !== undefined
        ? { isGenuine: () => true, find: async () => undefined, accepts: async () => true, ...hooks }
        : undefined,
    forwarder: { add: async () => undefined },
    readDelays: [0, 0],
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const send = async (path: string, init?: RequestInit) => (await fetch(url + path, init)).status;
  return { app, log, seen, send, record };
}

const answer = {
  ...{ eventType: 'answer', accountId: '9900001', callId: 'c-0a1b2c3d', direction: 'outbound' },
  ...{ from: '+12015550100', to: '+12015550101', answerTime: '2026-09-14T08:30:12.301Z' },
};
const json = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
const form = (body: string): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' },
  body,
});
const leg = (status: string) =>
  `AccountSid=${accountSid}&CallSid=CA3&From=%2B12015550100&To=%2B12015550101&Direction=outbound-api` +
  `&ForwardedFrom&CallStatus=${status}&CallbackSource=call-progress-events`;

describe('what arrives', () => {
  it.each([
    ['JSON', '/webhooks/bw/$', json(answer), 'c-0a1b2c3d'],
    ['JSON below the address', '/webhooks/bw/$/calls/status?a=b', json(answer), 'c-0a1b2c3d'],
    [
      'JSON of no stated type',
      '/webhooks/bw/$',
      { method: 'POST', body: JSON.stringify(answer) },
      'c-0a1b2c3d',
    ],
    ['a query', `/webhooks/bw/$?${new URLSearchParams(answer)}`, undefined, 'c-0a1b2c3d'],
    ['a form', '/webhooks/rc/$', form(leg('answered')), 'CA3'],
    ['a form whose address has a query', '/webhooks/rc/$?x=y', form(`${leg('answered')}&CallSid=CA9`), 'CA3'],
    [
      'a form split over both',
      '/webhooks/rc/$?CallSid=CA3',
      form(leg('answered').replace('CallSid=CA3&', '')),
      'CA3',
    ],
    ['a query of a form', `/webhooks/rc/$/x?${leg('answered')}`, undefined, 'CA3'],
  ])('as %s is observed', async (_, path, init, providerCallId) => {
    const { seen, send } = await start();
    expect(await send(path.replace('$', secret), init)).toBe(204);
    expect(seen).toMatchObject([{ source: 'WEBHOOK', call: { providerCallId, status: 'IN_PROGRESS' } }]);
  });

  it.each([
    ['for an account that does not exist', '/webhooks/no/$', 'POST'],
    ['for an account whose provider sends none', '/webhooks/silent/$', 'POST'],
    ['with another secret', '/webhooks/bw/$x', 'POST'],
    ['with the beginning of the secret', '/webhooks/bw/a-secret-of-the', 'POST'],
    ['without a secret', '/webhooks/bw/', 'POST'],
    ['without a secret or slash', '/webhooks/bw', 'POST'],
    ['by PUT', '/webhooks/bw/$', 'PUT'],
    ['by DELETE', '/webhooks/bw/$', 'DELETE'],
  ])('%s is answered with 404, and not observed', async (_, path, method) => {
    const { seen, send, log } = await start();
    expect(await send(path.replace('$', secret), { ...json(answer), method })).toBe(404);
    expect(seen).toEqual([]);
    expect(log.join('')).not.toMatch(/secret|2015550/);
  });

  it('with a body of more than 64 KiB is answered with 404', async () => {
    const { seen, send } = await start();
    const body = JSON.stringify({ ...answer, tag: 'x'.repeat(64 * 1024) });
    expect(await send(`/webhooks/bw/${secret}`, json(body))).toBe(404);
    expect(await send(`/webhooks/bw/${secret}`, { ...json(body), method: 'POST' })).toBe(404);
    expect(seen).toEqual([]);
  });

  it.each([
    ['no JSON', json('{"eventType":')],
    ['JSON that is no object', json('[]')],
    ['null', json('null')],
    ['no call', json({ ...answer, callId: null })],
    ['a call id of 600 characters', json({ ...answer, callId: 'c'.repeat(600) })],
    ['half a character in the call id', json('{"eventType":"answer","callId":"c-\\ud800"}')],
    ['a wrong type', json({ ...answer, from: 7 })],
    ['another account', json({ ...answer, accountId: '9900002' })],
  ])('as %s is answered with 404, counted in one line, and not observed', async (_, init) => {
    const { app, seen, send, log } = await start();
    expect(await send(`/webhooks/bw/${secret}/status`, init)).toBe(404);
    expect(await send(`/webhooks/bw/${secret}/status`, init)).toBe(404);
    await app.close();
    expect(seen).toEqual([]);
    const lines = log.map((line) => JSON.parse(line)).filter(({ msg }) => msg.includes('webhooks'));
    expect(lines).toMatchObject([{ unreadable: 2, account: 'bw', level: 40 }]);
    expect(log.join('')).not.toMatch(/a-secret|2015550/);
  });

  it('as an event that proves nothing is answered with 204, and not even logged', async () => {
    const { app, seen, send, log } = await start();
    expect(await send(`/webhooks/bw/${secret}`, json({ eventType: 'new', callId: 'c-1' }))).toBe(204);
    await app.close();
    expect([seen, log.filter((line) => line.includes('webhooks'))]).toEqual([[], []]);
  });
});

describe('at the address of an account with credentials', () => {
  const credentials = { username: 'dashboard', password: 'p:äss' };
  const withCredentials = (text: string): RequestInit => ({
    ...json(answer),
    headers: { 'content-type': 'application/json', authorization: text },
  });
  const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

  it('a webhook without any is asked for them, and nothing else is done with it', async () => {
    const { app, seen, log } = await start({ credentials });
    const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/webhooks/bw/${secret}`;
    const reply = await fetch(url, json({ eventType: 7 }));
    expect([reply.status, reply.headers.get('www-authenticate')]).toEqual([
      401,
      'Basic realm="webhooks", charset="UTF-8"',
    ]);
    await app.close();
    expect([seen, log.filter((line) => line.includes('webhooks'))]).toEqual([[], []]);
  });

  it.each([
    [204, basic('dashboard:p:äss')],
    [404, basic('dashboard:p:ass')],
    [404, basic('dashboard')],
    [404, 'Basic'],
    [404, `Bearer ${secret}`],
  ])('one is answered with %d for %s', async (status, authorization) => {
    const { seen, send } = await start({ credentials });
    expect(await send(`/webhooks/bw/${secret}`, withCredentials(authorization))).toBe(status);
    expect(seen).toHaveLength(status === 204 ? 1 : 0);
    expect(await send('/webhooks/bw/another-secret', withCredentials(authorization))).toBe(404);
  });

  it('the emulated carrier is asked for those of its application, and heard', async () => {
    const clock = createManualClock(Date.now());
    const carrier = await startBandwidth({ accountId: '9900001', clock });
    onTestFinished(() => carrier.close());
    const { app, seen } = await start({ credentials });
    const { port } = app.server.address() as AddressInfo;
    carrier.callbacks = { ...credentials, statusUrl: `http://127.0.0.1:${port}/webhooks/bw/${secret}` };
    const { callId } = carrier.arrive({}, 60_000);
    clock.advance(63_000);
    await carrier.webhooks.idle();
    expect(carrier.webhooks.deliveries.map(({ result }) => result)).toEqual([401, 204]);
    expect(seen).toMatchObject([{ call: { providerCallId: callId, status: 'COMPLETED' } }]);
  });
});

describe('at the address of a call', () => {
  const hook = {
    ...{ accountKey: 'bw', id: 'hook', target: undefined, maxCalls: 1, placed: undefined, seen: new Set('') },
  };

  it('a webhook is answered with 503 where the store fails, and with 404 where it has no such address', async () => {
    const failing = await start({ hooks: { find: () => Promise.reject(new StoreFailure('TIMEOUT')) } });
    expect(await failing.send('/webhooks/bw/one', json(answer))).toBe(503);
    expect(await (await start({ hooks: {} })).send('/webhooks/bw/one', json(answer))).toBe(404);
    expect(failing.seen).toEqual([]);
  });

  it('a genuine one is taken however many forged ones come while the store is slow, and 500 at a time', async () => {
    let release = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    let reads = 0;
    const { app, send, seen } = await start({
      hooks: {
        isGenuine: (text) => text.startsWith('genuine'),
        find: async () => {
          reads += 1;
          await gate;
          return hook;
        },
      },
    });
    const forged = Array.from({ length: 30 }, (_, i) => send(`/webhooks/bw/forged-${i}`, json(answer)));
    expect(new Set(await Promise.all(forged))).toEqual(new Set([404]));
    expect(reads).toBe(0);
    const sending = send('/webhooks/bw/genuine', json(answer));
    expect(await eventually(() => reads === 1)).toBe(true);
    const url = '/webhooks/bw/genuine';
    const others = Array.from({ length: 499 }, () => app.inject({ method: 'POST', url, payload: answer }));
    expect(await eventually(() => reads === 500)).toBe(true);
    expect([await send(url, json(answer)), reads]).toEqual([503, 500]);
    release();
    expect([await sending, (await Promise.all(others)).map(({ statusCode }) => statusCode)]).toEqual([
      204,
      Array(499).fill(204),
    ]);
    expect([seen.length, await send(url, json(answer))]).toEqual([500, 204]);
  });
});

describe('a call that has ended in a way that the webhook does not tell', () => {
  const busy = someCall({
    ...{ account: connect, providerCallId: 'CA3', status: 'BUSY', endReason: 'BUSY' },
    endedAt: '2026-09-14T08:30:12.000Z',
  });

  it('is read', async () => {
    const { seen, send, record } = await start({ calls: [busy] });
    await send(`/webhooks/rc/${secret}`, form(leg('completed')));
    expect(await eventually(() => seen.length > 0)).toBe(true);
    expect(seen).toMatchObject([{ call: { status: 'BUSY', endedAt: busy.endedAt } }]);
    expect(record.askedFor('get')).toEqual([['CA3']]);
  });

  it.each([
    ['cannot be read', { failure: new ProviderError('PROVIDER_UNAVAILABLE', 'It is away.') }],
    ['is not shown', { calls: [] }],
    ['is shown as it was before', { calls: [someCall({ account: connect, providerCallId: 'CA3' })] }],
  ])('is told as the webhook has it where it %s, after a bounded number of reads', async (_, options) => {
    const { seen, send, record } = await start(options);
    await send(`/webhooks/rc/${secret}`, form(leg('completed')));
    expect(await eventually(() => seen.length > 0)).toBe(true);
    expect(seen).toMatchObject([{ call: { status: 'COMPLETED', providerCallId: 'CA3' } }]);
    expect(record.askedFor('get')).toHaveLength(2);
  });
});

it('drops what comes while 500 are pending, and counts it in one line', async () => {
  let release = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  const { app, seen, send, log } = await start({ observe: () => gate });
  for (let i = 0; i < 503; i += 1)
    await send(`/webhooks/bw/${secret}`, json({ ...answer, callId: `c-${i}` }));
  expect(seen).toHaveLength(500);
  release();
  expect(
    await eventually(async () => {
      await send(`/webhooks/bw/${secret}`, json(answer));
      return seen.length > 500;
    }),
  ).toBe(true);
  await app.close();
  const lines = log.map((line) => JSON.parse(line)).filter(({ msg }) => msg.includes('dropped'));
  expect(lines.reduce((sum, { dropped }) => sum + dropped, 0)).toBeGreaterThanOrEqual(3);
  expect(lines.length).toBeLessThan(3);
});
