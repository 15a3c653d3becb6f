import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { bytesOf } from '../../../src/server/streams/stream-limits.ts';
import { type EventSourceOptions, openEventSource } from '../../support/event-source.ts';
import {
  type StreamServer,
  type StreamServerOptions,
  startStreamServer,
} from '../../support/stream-server.ts';

const query =
  'subscription ($after: String) { callEvents(after: $after) { cursor kind call { callerName } } }';

let servers: StreamServer[] = [];
async function start(options: StreamServerOptions = {}): Promise<StreamServer> {
  const server = await startStreamServer(options);
  servers.push(server);
  return server;
}
const open = (server: StreamServer, options: EventSourceOptions = {}) =>
  openEventSource(server.url, { body: { query }, ...options });

/** The beats of all streams come when the test says so. */
let beats: (() => void)[] = [];
const beat = () => Promise.all(beats.map((each) => each()));
beforeEach(() => {
  const original = globalThis.setInterval;
  vi.spyOn(globalThis, 'setInterval').mockImplementation(((
    each: () => void,
    time: number,
    ...rest: unknown[]
  ) => {
    if (time !== 12_000) return original(each, time, ...(rest as []));
    beats.push(each);
    return { unref: () => undefined };
  }) as typeof setInterval);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await Promise.all(servers.map((server) => server.close()));
  [servers, beats] = [[], []];
});

const codeOf = async (source: Awaited<ReturnType<typeof open>>) => {
  const [{ extensions }] = JSON.parse(await source.text()).errors as [{ extensions: { code: string } }];
  return [source.status, extensions.code];
};

describe('the number of streams', () => {
  it('is counted by bytes, also of variables that are nested deep', () => {
    const nested = JSON.parse(`{"a":${'['.repeat(4_900)}${']'.repeat(4_900)}}`);
    expect(bytesOf('x'.repeat(10), nested)).toBeGreaterThan(9_800 * 20);
  });

  it.each([
    ['a caller', { perCaller: 2 }, [429, 'RATE_LIMITED']],
    ['the process', { perProcess: 2 }, [503, 'UNAVAILABLE']],
  ])('is bounded for %s, and a stream that has ended does not count', async (_, limits, refused) => {
    const server = await start({ limits });
    const [first, second] = [await open(server), await open(server)];
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(await codeOf(await open(server))).toEqual(refused);
    first.close();
    await expect.poll(() => server.streams.size).toBe(1);
    expect((await open(server)).status).toBe(200);
  });

  it.each([
    ['a long document', { query: `${query} # ${'x'.repeat(2_000)}` }],
    ['large variables', { query, variables: { unused: 'x'.repeat(7_000) } }],
  ])('is less where one has %s', async (_, body) => {
    const server = await start({ limits: { perCaller: 4 } });
    const sources = [await open(server, { body }), await open(server)];
    expect(sources.map(({ status }) => status)).toEqual([200, 200]);
    expect(await codeOf(await open(server))).toEqual([429, 'RATE_LIMITED']);
    for (const source of sources) source.close();
    await expect.poll(() => server.streams.limits.open).toBe(0);
  });
});

describe('a stream', () => {
  it('costs points with its events, and ends when they are spent', async () => {
    const server = await start({ pointsPerMinute: 30 });
    const text = `subscription { callEvents { ${Array.from({ length: 20 }, (_, i) => `a${i}: call { id }`).join(' ')} } }`;
    const source = await openEventSource(server.url, { body: { query: text } });
    let last: { errors?: { extensions: object }[] } | undefined;
    for (let i = 0; last?.errors === undefined && i < 200; i += 1) {
      await server.tell({ providerCallId: `p${i}` });
      [last] = await source.results<NonNullable<typeof last>>(1);
    }
    expect(last?.errors?.[0]?.extensions).toMatchObject({
      code: 'RATE_LIMITED',
      retryAfter: expect.any(Number),
    });
    expect(await source.next()).toMatchObject({ event: 'complete' });
    expect(server.logged('subscription ended').at(-1)).toMatchObject({ reason: 'rate limit' });
  });

  it('is logged when it begins and when it ends, without what it told', async () => {
    const server = await start();
    const source = await open(server, { headers: { 'x-request-id': 'a-request' } });
    await server.tell({ callerName: '+19195551234' });
    await source.results(1);
    source.close();
    await expect.poll(() => server.logged('subscription ended')).toHaveLength(1);
    const common = { requestId: 'a-request', caller: 'everyone' };
    expect(server.logged('operation')).toMatchObject([{ ...common, operation: 'subscription', errors: 0 }]);
    const [line] = server.logged('subscription ended');
    expect(line).toMatchObject({ ...common, reason: 'client', events: 1, providerRequests: 0 });
    expect(JSON.stringify(line)).not.toContain('9195551234');
  });

  it('tells that it is alive at each beat', async () => {
    const server = await start();
    const source = await open(server);
    const text = source.text();
    await beat();
    await beat();
    await server.close();
    expect(await text).toBe('retry: 500\n:\n\n:\n\n:\n\n');
  });

  it('stops its source for clients that do not read, holds one result for each, cuts them, and disturbs no other', async () => {
    const server = await start();
    const sources = await Promise.all(Array.from({ length: 10 }, () => open(server)));
    const sockets = await Promise.all(Array.from({ length: 10 }, () => openWebSocket(server)));
    await expect.poll(() => server.streams.size).toBe(20);
    for (const slow of [...sources, ...sockets]) slow.pause();
    const other = await open(server);
    const name = 'x'.repeat(10_000);
    for (let i = 0; i < 800; i += 1) {
      await server.tell({ providerCallId: `s${i}`, callerName: name });
      expect(await other.results(1)).toHaveLength(1);
    }
    other.close();
    for (let i = 0; i < 3; i += 1) await beat();
    await expect.poll(() => server.logged('subscription ended')).toHaveLength(21);
    const ended = server.logged('subscription ended').filter(({ reason }) => reason === 'slow reader');
    expect(ended).toHaveLength(20);
    for (const { events } of ended) {
      // What the kernel holds for the socket, some megabytes.
      expect(events).toBeGreaterThan(10);
      expect(events).toBeLessThan(700);
    }
    for (const socket of sockets) socket.terminate();
  });
});

async function openWebSocket(server: StreamServer): Promise<WebSocket> {
  const socket = new WebSocket(server.webSocketUrl, 'graphql-transport-ws');
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'connection_init' }));
  await once(socket, 'message');
  socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query } }));
  return socket;
}

describe('a server that closes', () => {
  it('ends all streams at once, so that clients reconnect', async () => {
    const server = await start();
    const events = await open(server);
    const accept = 'multipart/mixed;subscriptionSpec=1.0,application/json';
    const parts = await open(server, { headers: { accept } });
    const socket = new WebSocket(server.webSocketUrl, 'graphql-transport-ws');
    await once(socket, 'open');
    const closed = once(socket, 'close');
    const began = performance.now();
    const texts = [events.text(), parts.text()];
    await server.close();
    expect(performance.now() - began).toBeLessThan(1_500);
    expect(await Promise.all(texts)).toEqual([
      'retry: 500\n:\n\n',
      expect.stringMatching(/"payload":null.*--graphql--\r\n$/s),
    ]);
    expect((await closed)[0]).toBe(1001);
    expect(server.logged('subscription ended')).toMatchObject([
      { reason: 'shutdown' },
      { reason: 'shutdown' },
    ]);
  });
});
