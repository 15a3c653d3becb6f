import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { ProviderClient } from '../../src/upstream/provider-client.ts';
import { pause } from '../support/eventually.ts';
import { someOperation } from '../support/some-call.ts';
import { answer, type Behaviour, failureOf, freed, listen, open, send } from './wire-server.ts';

const good = answer('good');
const get = { method: 'GET' } as const;

/**
 * What a server does with a connection that it has answered on, without saying so in its answer; and how long
 * to wait before the next request, in milliseconds.
 */
const closing: readonly [string, Behaviour, number][] = [
  ['closes it at the moment of the next request', atNext((socket) => socket.destroy()), 0],
  ['resets it at the moment of the next request', atNext((socket) => socket.resetAndDestroy()), 0],
  ['ends it at the moment of the next request', atNext((socket) => socket.end()), 0],
  ...[0, 1, 3, 10].map((delay): [string, Behaviour, number] => [
    `closes it when it was idle for ${delay} ms`,
    (socket) => {
      socket.write(good);
      setTimeout(() => socket.end(), delay);
    },
    delay,
  ]),
];

function atNext(act: (socket: Socket) => void): Behaviour {
  return (socket, _, __, nthHere) => {
    if (nthHere === 1) socket.write(good);
    else act(socket);
  };
}

describe('a POST or PUT', () => {
  it.each(closing)(
    'gets its answer from a server that keeps a connection alive and %s',
    async (_, behaviour, delay) => {
      const server = await listen(behaviour);
      const client = open(`http://${server.address}`);
      for (let i = 0; i < 80; i += 1) {
        // A connection that is kept alive stands ready, to be closed just now.
        if (i % 4 === 0) {
          await failureOf(send(client, get));
          await freed();
        }
        await pause(delay);
        const method = i % 2 === 0 ? 'POST' : 'PUT';
        expect(await failureOf(send(client, { method, path: `/${i}` }))).toMatchObject({ text: 'good' });
      }
      const written = server.requests.filter((request) => !request.startsWith('GET'));
      expect(new Set(written.map((request) => request.split(' ')[1])).size).toBe(80);
      expect(written).toHaveLength(80);
    },
  );

  it('is still sent once at most to a server that closes every connection as soon as it is there', async () => {
    const server = await listen(() => {});
    const accepted: Socket[] = [];
    server.onConnection((socket) => {
      accepted.push(socket);
      socket.end();
    });
    const client = open(`http://${server.address}`, { readDeadline: 300 });
    for (let i = 0; i < 20; i += 1) {
      const [, sent] = (await failureOf(send(client, { path: `/${i}` }))) as [string, boolean];
      const arrived = server.requests.filter((request) => request.includes(` /${i} `)).length;
      expect(arrived).toBeLessThanOrEqual(sent ? 1 : 0);
    }
    expect(accepted.length).toBeGreaterThanOrEqual(20);
  });
});

describe('a GET', () => {
  it('that meets a dead connection is repeated over a new one, though others are kept alive', async () => {
    let isClosing = false;
    const waiting: Socket[] = [];
    const server = await listen((socket, _, __, nthHere) => {
      if (isClosing && nthHere > 1) socket.destroy();
      else if (isClosing) socket.write(good);
      else waiting.push(socket);
    });
    const limits = { readDeadline: 5_000, headersTimeout: 5_000 };
    const client = new ProviderClient(open(`http://${server.address}`), limits, { random: () => 0 });
    const read = (path: string) => client.request({ ...get, path, headers: {} }, someOperation());
    const first = Array.from({ length: 10 }, (_, i) => read(`/${i}`));
    await expect.poll(() => waiting.length).toBe(10);
    for (const socket of waiting) socket.write(good);
    await Promise.all(first);
    await freed();
    isClosing = true;
    expect((await read('/again')).text).toBe('good');
    expect(server.requests.filter((request) => request.includes('/again'))).toHaveLength(2);
    expect(server.sockets).toHaveLength(11);
  });
});
