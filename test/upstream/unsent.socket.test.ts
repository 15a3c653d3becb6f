import { createServer, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { ProviderClient } from '../../src/upstream/provider-client.ts';
import { pause } from '../support/eventually.ts';
import { someOperation } from '../support/some-call.ts';
import { answer, failureOf, listen, open, send } from './wire-server.ts';

describe('a request that did not leave', () => {
  it('because the connection was refused', async () => {
    const server = await listen(() => {});
    await server.close();
    expect(await failureOf(send(open(`http://${server.address}`)))).toEqual(['unreachable', false]);
  });

  it('because the name does not resolve', async () => {
    expect(await failureOf(send(open('http://nowhere.invalid')))).toEqual(['unreachable', false]);
  });

  it('because connecting took too long', async () => {
    // A server that never answers the handshake.
    const server = await listen(() => {});
    const limits = { connectTimeout: 100, readDeadline: 4_000 };
    expect(await failureOf(send(open(`https://${server.address}`, limits)))).toEqual(['unreachable', false]);
  });

  it('because the deadline came before the connection', async () => {
    const server = await listen(() => {});
    const limits = { connectTimeout: 300, readDeadline: 100 };
    expect(await failureOf(send(open(`https://${server.address}`, limits)))).toEqual(['unreachable', false]);
  });

  it('because the other side speaks no TLS', async () => {
    const plain = createServer((socket) =>
      socket.on('error', () => {}).end('HTTP/1.1 400 Bad Request\r\n\r\n'),
    );
    await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
    const { port } = plain.address() as { port: number };
    expect(await failureOf(send(open(`https://127.0.0.1:${port}`)))).toEqual(['unreachable', false]);
    plain.close();
  });

  it('because it cannot be written as HTTP', async () => {
    const server = await listen(() => {});
    const requests = [
      { headers: { 'x-bad': 'two\r\nlines' } },
      { headers: { 'x-bad': 'more than a byte: …' } },
      { headers: { expect: '100-continue' } },
      { headers: { 'transfer-encoding': 'chunked' } },
      { path: '/a path' },
      { path: '/line\r\nbreak' },
    ];
    for (const request of requests) {
      expect(await failureOf(send(open(`http://${server.address}`), request))).toEqual(['unwritable', false]);
    }
    expect(server.requests).toEqual([]);
  });

  it('because it cannot be written is not made again, and not held against the provider', async () => {
    const server = await listen((socket) => socket.write(answer('good')));
    const limits = { readDeadline: 5_000, headersTimeout: 5_000 };
    const client = new ProviderClient(open(`http://${server.address}`), limits, { breaker: { failures: 1 } });
    const waiter = someOperation();
    const bad = { method: 'GET', path: '/', headers: { 'x-bad': 'two\nlines' } } as const;
    for (let each = 0; each < 9; each += 1) {
      expect(await failureOf(client.request(bad, waiter))).toEqual(['unwritable', false]);
    }
    expect(waiter.requests).toBe(9);
    expect((await client.request({ ...bad, headers: {} }, waiter)).text).toBe('good');
    expect(server.requests).toHaveLength(1);
  });

  it('because it was aborted before it began: it is not even counted', async () => {
    const server = await listen(() => {});
    const waiter = someOperation(AbortSignal.abort(new Error('too late')));
    const client = open(`http://${server.address}`);
    const sending = client.request({ method: 'GET', path: '/', headers: {} }, waiter);
    expect(await sending.catch((error: unknown) => error)).toMatchObject({
      kind: 'aborted',
      sent: false,
      cause: { message: 'too late' },
    });
    await pause(20);
    expect([server.sockets.length, waiter.requests]).toEqual([0, 0]);
  });

  it('because it was aborted while connecting', async () => {
    const server = await listen(() => {});
    const sending = send(
      open(`https://${server.address}`, { connectTimeout: 300 }),
      {},
      AbortSignal.timeout(50),
    );
    expect(await failureOf(sending)).toEqual(['aborted', false]);
  });

  it('because it was aborted while all connections were busy: it never does', async () => {
    const held: Socket[] = [];
    const server = await listen((socket) => held.push(socket));
    const client = open(`http://${server.address}`);
    const busy = Array.from({ length: 64 }, () => send(client, { method: 'GET' }));
    await expect.poll(() => held.length, { timeout: 10_000 }).toBe(64);
    const waiting = send(client, { method: 'GET', path: '/late' }, AbortSignal.timeout(50));
    expect(await failureOf(waiting)).toEqual(['aborted', false]);
    for (const socket of held) socket.write(answer('good'));
    expect((await Promise.all(busy)).every(({ status }) => status === 200)).toBe(true);
    await pause(50);
    expect(server.requests.filter((request) => request.includes('/late'))).toEqual([]);
    expect(server.requests).toHaveLength(64);
  });
});
