import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { pause } from '../support/eventually.ts';
import { someOperation } from '../support/some-call.ts';
import { answer, failureOf, freed, listen, open, send } from './wire-server.ts';

const good = answer('good');
const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

describe('a request', () => {
  it('goes out as it was given, below the base URL', async () => {
    const server = await listen((socket) => socket.write(good));
    const client = open(`http://${server.address}/api/v2/`);
    const headers = { authorization: 'Basic eDp5', 'x-odd': 'yes' };
    await send(client, { method: 'PUT', path: '/calls/c-1?x=%2B1&y', headers, body: 'grün' });
    const [request = ''] = server.requests;
    expect(request.split('\r\n')).toEqual([
      'PUT /api/v2/calls/c-1?x=%2B1&y HTTP/1.1',
      `host: ${server.address}`,
      'connection: close',
      'authorization: Basic eDp5',
      'x-odd: yes',
      'accept-encoding: identity',
      `user-agent: calls-graphql/${manifest.version}`,
      'content-length: 5',
      '',
      Buffer.from('grün').toString('latin1'),
    ]);
  });

  it('may have no body', async () => {
    const server = await listen((socket) => socket.write(good));
    await open(`http://${server.address}`).request(
      { method: 'GET', path: '/x', headers: {} },
      someOperation(),
    );
    expect(server.requests[0]).toMatch(/^GET \/x HTTP\/1\.1\r\n.*\r\n\r\n$/s);
  });

  it('is counted, with the time it took', async () => {
    const server = await listen((socket) => setTimeout(() => socket.write(good), 60));
    const client = open(`http://${server.address}`);
    const waiter = someOperation();
    const request = { method: 'GET', path: '/', headers: {} } as const;
    await Promise.all([client.request(request, waiter), client.request(request, waiter)]);
    expect(waiter.requests).toBe(2);
    expect(waiter.milliseconds).toBeGreaterThan(100);
    expect(waiter.milliseconds).toBeLessThan(10_000);
  });
});

describe('an answer', () => {
  it('is its status, its headers in lower case, and its text', async () => {
    const head = 'HTTP/1.1 201 Created\r\nLocation: /calls/c-1\r\nX-Two: a\r\nX-Two: b';
    const server = await listen((socket) => socket.write(answer('{"to":"grün 😀"}', head)));
    expect(await send(open(`http://${server.address}`))).toEqual({
      status: 201,
      headers: { location: '/calls/c-1', 'x-two': ['a', 'b'], 'content-length': '19' },
      text: '{"to":"grün 😀"}',
    });
  });

  it.each([
    ['that is an error', answer('no', 'HTTP/1.1 503 Unavailable'), 503, 'no'],
    ['that is a redirect', answer('', 'HTTP/1.1 302 Found\r\nlocation: /elsewhere'), 302, ''],
    ['that is a redirect to repeat', answer('', 'HTTP/1.1 308 Moved\r\nlocation: /elsewhere'), 308, ''],
    ['that asks for another try', answer('', 'HTTP/1.1 429 Too Many\r\nretry-after: 0'), 429, ''],
    ['without content', 'HTTP/1.1 204 No Content\r\n\r\n', 204, ''],
    [
      'in chunks',
      'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\ngo\r\n2\r\nod\r\n0\r\n\r\n',
      200,
      'good',
    ],
    ['behind early hints', `HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n${good}`, 200, 'good'],
    ['as large as allowed', answer('x'.repeat(1_000)), 200, 'x'.repeat(1_000)],
  ])('%s is given as it is, and nothing is asked again', async (_, wire, status, text) => {
    const server = await listen((socket) => socket.write(wire));
    const given = await send(open(`http://${server.address}`));
    expect([given.status, given.text]).toEqual([status, text]);
    await pause(20);
    expect(server.requests).toHaveLength(1);
  });

  it('may end with the connection', async () => {
    const server = await listen((socket) => socket.end('HTTP/1.1 200 OK\r\nconnection: close\r\n\r\ngood'));
    expect((await send(open(`http://${server.address}`))).text).toBe('good');
  });

  it('may come byte by byte, within a character', async () => {
    const server = await listen((socket) => {
      for (const byte of Buffer.from(answer('😀'))) socket.write(Buffer.of(byte));
      socket.setNoDelay();
    });
    expect((await send(open(`http://${server.address}`))).text).toBe('😀');
  });

  it('is not unpacked, so that a small one cannot become a large one', async () => {
    const packed = gzipSync('x'.repeat(100_000));
    const head = `HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: ${packed.length}\r\n\r\n`;
    const server = await listen((socket) => socket.write(Buffer.concat([Buffer.from(head), packed])));
    expect(await failureOf(send(open(`http://${server.address}`)))).toEqual(['unreadable', true]);
  });
});

describe('connections', () => {
  it('are used again by GET', async () => {
    const server = await listen((socket) => socket.write(good));
    const client = open(`http://${server.address}`);
    for (let i = 0; i < 5; i += 1) {
      await send(client, { method: 'GET' });
      await freed();
    }
    expect([server.requests.length, server.sockets.length]).toEqual([5, 1]);
  });

  it('carry one POST or PUT each, and are closed after it', async () => {
    const server = await listen((socket) => socket.write(good));
    const client = open(`http://${server.address}`);
    await send(client, { method: 'GET' });
    await freed();
    for (const method of ['POST', 'PUT', 'POST'] as const) await send(client, { method });
    await send(client, { method: 'GET', ownConnection: true });
    await send(client, { method: 'GET' });
    expect([server.requests.length, server.sockets.length]).toEqual([6, 5]);
    const [kept, ...apart] = server.sockets;
    await expect.poll(() => apart.every(({ destroyed }) => destroyed)).toBe(true);
    expect(kept?.destroyed).toBe(false);
  });

  it('carry one request at a time', async () => {
    const server = await listen((socket) => setTimeout(() => socket.write(good), 30));
    const client = open(`http://${server.address}`);
    await Promise.all(Array.from({ length: 5 }, () => send(client)));
    expect(server.sockets).toHaveLength(5);
  });

  it('are 64 at most, and still carry one request at a time', async () => {
    const held: Socket[] = [];
    let isOpen = false;
    const server = await listen((socket) => (isOpen ? socket.write(good) : held.push(socket)));
    const client = open(`http://${server.address}`);
    const sending = Array.from({ length: 100 }, () => send(client, { method: 'GET' }));
    await expect.poll(() => held.length, { timeout: 10_000 }).toBe(64);
    await pause(30);
    expect([held.length, new Set(held).size]).toEqual([64, 64]);
    isOpen = true;
    for (const socket of held) socket.write(good);
    expect((await Promise.all(sending)).every(({ status }) => status === 200)).toBe(true);
    expect([server.requests.length, server.sockets.length]).toEqual([100, 64]);
  });
});

describe('closing', () => {
  it('lets requests under way end, and then leaves no connection', async () => {
    const server = await listen((socket) => setTimeout(() => socket.write(good), 80));
    const client = open(`http://${server.address}`);
    const order: string[] = [];
    const sending = send(client).then(({ text }) => order.push(text));
    await pause(20);
    await client.close().then(() => order.push('closed'));
    await sending;
    expect(order).toEqual(['good', 'closed']);
    await pause(20);
    expect(server.sockets.every(({ destroyed }) => destroyed)).toBe(true);
  });

  it('takes no more requests', async () => {
    const server = await listen((socket) => socket.write(good));
    const client = open(`http://${server.address}`);
    await client.close();
    expect(await failureOf(send(client))).toEqual(['unreachable', false]);
    expect(server.requests).toEqual([]);
  });
});
