import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { HttpRequest } from '../../src/upstream/http-client.ts';
import { HttpFailure } from '../../src/upstream/http-failure.ts';
import { pause } from '../support/eventually.ts';
import { answer, type Behaviour, failureOf, listen, open, send } from './wire-server.ts';

const head = 'HTTP/1.1 200 OK\r\n';
const hasty = { connectTimeout: 150, headersTimeout: 150, readDeadline: 400 };

/** Writes the text and then a byte every few milliseconds, for ever. */
function drip(text: string, byte: string): Behaviour {
  return (socket) => {
    socket.write(text);
    const timer = setInterval(() => socket.write(byte), 10);
    socket.on('close', () => clearInterval(timer));
  };
}

/** What becomes of one request to a server that behaves so, and how many requests reach it. */
async function tryOnce(behaviour: Behaviour, request: Partial<HttpRequest>) {
  const server = await listen(behaviour);
  const { signal } = new AbortController();
  const failure = await failureOf(send(open(`http://${server.address}`, hasty), request, signal));
  await pause(30);
  expect(getEventListeners(signal, 'abort')).toEqual([]);
  expect(server.requests, 'it is never sent again').toHaveLength(1);
  return failure;
}

describe('a request that reached the server', () => {
  const endings: [string, string, Behaviour][] = [
    ['is reset', 'broken', (socket) => socket.resetAndDestroy()],
    ['is closed upon', 'broken', (socket) => socket.end()],
    ['gets half a head', 'broken', (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-')],
    ['gets half a body', 'broken', (socket) => socket.end(`${head}content-length: 9\r\n\r\nhalf`)],
    [
      'gets half a body and a reset',
      'broken',
      (socket) => {
        socket.write(`${head}content-length: 9\r\n\r\nhalf`, () =>
          setTimeout(() => socket.resetAndDestroy(), 10),
        );
      },
    ],
    [
      'gets half a body on a last connection',
      'broken',
      (socket) => socket.end(`${head}connection: close\r\ncontent-length: 9\r\n\r\nhalf`),
    ],
    [
      'gets half of its chunks',
      'broken',
      (socket) => socket.end(`${head}transfer-encoding: chunked\r\n\r\n4\r\nhalf\r\n`),
    ],
    [
      'gets half of its chunks on a last connection',
      'broken',
      (socket) => socket.end(`${head}connection: close\r\ntransfer-encoding: chunked\r\n\r\n4\r\nhalf\r\n`),
    ],
    [
      'gets an upgrade it did not ask for',
      'broken',
      (socket) =>
        socket.write('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'),
    ],
    ['gets no answer', 'timeout', () => {}],
    ['gets a head that stalls', 'timeout', (socket) => socket.write(head)],
    ['gets a head in drips', 'timeout', drip(`${head}x-long: `, 'x')],
    ['gets a body that stalls', 'timeout', (socket) => socket.write(`${head}content-length: 9\r\n\r\nhalf`)],
    ['gets a body in drips', 'timeout', drip(`${head}content-length: 999\r\n\r\n`, 'x')],
    ['gets an endless body', 'too-large', drip(`${head}\r\n`, 'x'.repeat(300))],
    ['gets one byte too many', 'too-large', (socket) => socket.write(answer('x'.repeat(1_001)))],
    ['gets an endless head', 'too-large', drip(head, `x-a: ${'b'.repeat(4_000)}\r\n`)],
    [
      'gets text that is not UTF-8',
      'unreadable',
      (socket) =>
        socket.write(Buffer.concat([Buffer.from(`${head}content-length: 2\r\n\r\n`), Buffer.of(0xc3, 0x28)])),
    ],
    ['gets what is not HTTP', 'unreadable', (socket) => socket.write('SSH-2.0-OpenSSH_9.2\r\n')],
    [
      'gets nonsense for a length',
      'unreadable',
      (socket) => socket.write(`${head}content-length: x\r\n\r\n`),
    ],
    [
      'gets two kinds of length',
      'broken',
      (socket) =>
        socket.write(`${head}content-length: 4\r\ntransfer-encoding: chunked\r\n\r\n4\r\nhalf\r\n0\r\n\r\n`),
    ],
  ];

  it.each(endings)('and %s is %s, sent, and not made again', async (_, kind, behaviour) => {
    const methods = ['GET', 'POST', 'PUT'] as const;
    const failures = await Promise.all(methods.map((method) => tryOnce(behaviour, { method })));
    expect(failures).toEqual(methods.map(() => [kind, true]));
  });

  it.each([
    ['head', ''],
    ['body', `${head}content-length: 9\r\n\r\nhalf`],
  ])('and gets no %s within the time for headers is given up before the deadline', async (_, text) => {
    const server = await listen((socket) => socket.write(text));
    const client = open(`http://${server.address}`, { headersTimeout: 200, readDeadline: 10_000 });
    const began = performance.now();
    expect(await failureOf(send(client))).toEqual(['timeout', true]);
    expect(performance.now() - began).toBeLessThan(8_000);
    expect(server.requests).toHaveLength(1);
  });

  it('and is aborted meanwhile is given up at once', async () => {
    const server = await listen(() => {});
    const aborter = new AbortController();
    const sending = send(open(`http://${server.address}`), {}, aborter.signal);
    await pause(30);
    aborter.abort(new Error('the client left'));
    const failure = await sending.catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(HttpFailure);
    expect(failure).toMatchObject({ kind: 'aborted', sent: true, cause: { message: 'the client left' } });
    await pause(30);
    expect(server.requests).toHaveLength(1);
    expect(server.sockets[0]?.destroyed).toBe(true);
    expect(getEventListeners(aborter.signal, 'abort')).toEqual([]);
  });

  it('and is aborted in the middle of the body is given up, too', async () => {
    const server = await listen((socket) => socket.write(`${head}content-length: 9\r\n\r\nhalf`));
    const sending = send(open(`http://${server.address}`), {}, AbortSignal.timeout(60));
    expect(await failureOf(sending)).toEqual(['aborted', true]);
  });
});
