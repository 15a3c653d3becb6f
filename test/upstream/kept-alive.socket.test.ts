import { describe, expect, it } from 'vitest';
import { pause } from '../support/eventually.ts';
import { answer, failureOf, freed, listen, open, send } from './wire-server.ts';

const get = { method: 'GET' } as const;

describe('a connection kept alive', () => {
  it('that breaks under the next request fails that one, which is not made again', async () => {
    const server = await listen((socket, _, __, nthHere) => {
      if (nthHere === 1) socket.write(answer('good'));
      else socket.destroy();
    });
    const client = open(`http://${server.address}`);
    expect((await send(client, get)).text).toBe('good');
    await freed();
    expect(await failureOf(send(client, get))).toEqual(['broken', true]);
    expect((await send(client, get)).text).toBe('good');
    expect([server.requests.length, server.sockets.length]).toEqual([3, 2]);
  });

  it('that was closed while idle is replaced', async () => {
    const server = await listen((socket) => socket.write(answer('good')));
    const client = open(`http://${server.address}`);
    await send(client, get);
    server.sockets[0]?.end();
    await pause(30);
    expect((await send(client, get)).text).toBe('good');
    expect([server.requests.length, server.sockets.length]).toEqual([2, 2]);
  });

  it.each([
    ['ended', (socket: { end(): void }) => socket.end()],
    ['reset', (socket: { resetAndDestroy(): void }) => socket.resetAndDestroy()],
  ])('that is %s at any moment never makes two requests of one', async (_, stop) => {
    const server = await listen((socket, __, nth) => {
      socket.write(answer('good'));
      setTimeout(() => stop(socket), nth % 4);
    });
    const client = open(`http://${server.address}`);
    const maySucceed: string[] = [];
    const certain: string[] = [];
    for (let i = 0; i < 150; i += 1) {
      const method = i % 2 === 0 ? 'GET' : 'POST';
      const outcome = await failureOf(send(client, { method, path: `/${i}` }));
      if (!Array.isArray(outcome)) certain.push(`/${i}`);
      else if (outcome[1]) maySucceed.push(`/${i}`);
    }
    await pause(30);
    const arrived = server.requests.map((request) => request.split(' ')[1] as string);
    expect(new Set(arrived).size, 'none arrives twice').toBe(arrived.length);
    expect(arrived, 'every answer was to a request').toEqual(expect.arrayContaining(certain));
    expect([...certain, ...maySucceed], 'none arrives that was not sent').toEqual(
      expect.arrayContaining(arrived),
    );
  });
});
