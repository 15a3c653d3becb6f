import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { HttpClient } from '../../../src/upstream/http-client.ts';
import { ProviderClient } from '../../../src/upstream/provider-client.ts';
import type { ProviderClientOptions } from '../../../src/upstream/provider-client-options.ts';
import { pause } from '../../support/eventually.ts';
import { installVirtualTime } from '../../support/virtual-time.ts';
import { endOf, get, someone } from './scripted.ts';

installVirtualTime();

const limits = { connectTimeout: 300, headersTimeout: 150, readDeadline: 400, maxBodyBytes: 10_000 };
const ok = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok';

/** What a connection does from its beginning, or with what arrives. */
type Mischief = (socket: Socket, text: string) => void;

const onArrival: Mischief[] = [
  (socket) => socket.write(ok),
  (socket) => socket.resetAndDestroy(),
  (socket) => socket.end(),
  (socket) => socket.write('HTTP/1.1 503 Busy\r\nretry-after: 0\r\ncontent-length: 0\r\n\r\n'),
  (socket) => socket.write('HTTP/1.1 429 Slow\r\nconnection: close\r\ncontent-length: 0\r\n\r\n'),
  (socket) =>
    socket.write('HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\nhalf', () => socket.resetAndDestroy()),
  (socket) => socket.write('HTTP/1.1 307 Away\r\nlocation: /elsewhere\r\ncontent-length: 0\r\n\r\n'),
  (socket) => socket.write('HTTP/1.1 408 Late\r\ncontent-length: 0\r\n\r\n', () => socket.end()),
  (socket) => socket.write('\u0000nonsense\r\n\r\n'),
  (socket) => socket.write(`HTTP/1.1 100 Continue\r\n\r\n${ok}`),
  (socket) => socket.write(ok, () => socket.destroySoon()),
  () => undefined,
];

const open: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
});

/** Everything that ever arrived, and a server that does with it as it is told. */
async function serve(mischief: Mischief, onConnect: (socket: Socket) => void = () => undefined) {
  const arrived: string[] = [];
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    onConnect(socket);
    socket.on('data', (chunk) => {
      arrived.push(chunk.toString('latin1'));
      if (!socket.destroyed) mischief(socket, chunk.toString('latin1'));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = () => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  };
  open.push({ close });
  return { base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, arrived, close };
}

function clientFor(
  base: string,
  options: Partial<ProviderClientOptions> = {},
  { readDeadline } = limits,
): ProviderClient {
  const never = { failures: Number.POSITIVE_INFINITY };
  const client = new ProviderClient(
    new HttpClient(base, limits),
    { ...limits, readDeadline },
    {
      backoff: { base: 2, longest: 8 },
      breaker: never,
      retryBudget: { minRetries: 10_000 },
      ...options,
    },
  );
  open.unshift({ close: () => client.close() });
  return client;
}

const write = (id: string, method: 'POST' | 'PUT' = 'POST') => ({
  method,
  path: `/calls/${id}`,
  headers: { 'content-type': 'text/plain' },
  body: `id=${id};`,
});

describe('a write', () => {
  it('arrives once at most, and not at all when it is said to be unsent, whatever the server does', async () => {
    let nth = 0;
    const { base, arrived } = await serve(
      // What a write meets is its own number's, not the machine's pace.
      (socket, text) =>
        onArrival[Number(/^\S+ \/\D*(\d+)/.exec(text)?.[1]) % onArrival.length]?.(socket, text),
      (socket) => {
        nth += 1;
        // Some connections are reset before anything is read, some a moment after.
        if (nth % 11 === 3) socket.resetAndDestroy();
        if (nth % 5 === 2) setTimeout(() => socket.destroy(), 10);
      },
    );
    const client = clientFor(base, { maxConcurrent: 24, maxQueued: 2_000 });
    const ends = new Map<string, number | string>();
    await Promise.all(
      Array.from({ length: 600 }, async (_, i) => {
        await pause((i * 13) % 700);
        const read = endOf(client.request(get(`/${i % 40}`), someone()));
        const id = `w${i}x`;
        const waiter = i % 6 === 0 ? someone((i * 31) % 90) : someone();
        ends.set(id, await endOf(client.request(write(id, i % 3 === 0 ? 'PUT' : 'POST'), waiter)));
        await read;
      }),
    );
    const text = arrived.join('\n');
    const timesOf = (id: string) => text.split(`/calls/${id} `).length - 1;
    const twice = [...ends.keys()].filter((id) => timesOf(id) > 1);
    const lies = [...ends].filter(([id, end]) => String(end).endsWith('not sent') && timesOf(id) > 0);
    expect(twice).toEqual([]);
    expect(lies).toEqual([]);
    expect(text).not.toContain('/elsewhere');
    const kinds = new Set([...ends.values()].map(String));
    // Most of the twelve have been met, whatever became of some of the connections before.
    expect(kinds.size, [...kinds].join()).toBeGreaterThanOrEqual(6);
  });

  it.each([
    ['nobody listens', async () => 'http://127.0.0.1:9'],
    ['the name is not known', async () => 'http://nobody.invalid'],
    [
      'TLS fails',
      async () => (await serve((socket) => socket.end('no TLS here'))).base.replace('http', 'https'),
    ],
  ])('is tried twice, and known not to have been sent, where %s', async (_, address) => {
    const client = clientFor(await address());
    const waiter = someone();
    expect(await endOf(client.request(write('1'), waiter))).toBe('unreachable, not sent');
    expect(waiter.requests).toBe(2);
  });

  it('gets through when the provider begins to listen in time', async () => {
    const { base, close } = await serve((socket) => socket.write(ok));
    const { port } = new URL(base);
    await close();
    const slow = { backoff: { base: 300, longest: 300 }, random: () => 0.9 };
    const client = clientFor(base, slow, { ...limits, readDeadline: 4_000 });
    const waiter = someone();
    const end = endOf(client.request(write('1'), waiter));
    await pause(50);
    const server = createServer((socket) => socket.on('data', () => socket.end(ok))).listen(
      Number(port),
      '127.0.0.1',
    );
    open.push({ close: () => new Promise((resolve) => server.close(resolve)) });
    expect(await end).toBe(200);
    expect(waiter.requests).toBe(2);
  });
});

describe('a read', () => {
  it('survives resets, half answers and 503s of a real connection', async () => {
    let nth = 0;
    const bad = [onArrival[1], onArrival[5], onArrival[3]];
    const { base } = await serve((socket, text) => {
      nth += 1;
      const mischief = nth % 3 === 0 ? onArrival[0] : bad[nth % bad.length];
      mischief?.(socket, text);
    });
    const client = clientFor(base);
    const ends: (number | string)[] = [];
    for (let each = 0; each < 20; each += 1)
      ends.push(await endOf(client.request(get(`/${each}`), someone())));
    expect(ends).toEqual(Array.from({ length: 20 }, () => 200));
  });
});
