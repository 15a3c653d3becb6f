import type { Socket } from 'node:net';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { Idempotency } from '../../src/calls/placing/idempotency.ts';
import { someOperation } from '../support/some-call.ts';
import { keyed } from './posting-adapter.ts';
import { failureOf, listen, long, storeAt } from './store-harness.ts';

describe('a Redis store without Redis', () => {
  it('connects to nothing before it is asked', async () => {
    let connections = 0;
    const url = await listen(() => {
      connections += 1;
    });
    await storeAt(url).close();
    expect(connections).toBe(0);
  });

  it('fails at once where nobody listens, each command', async () => {
    const store = storeAt('redis://127.0.0.1:9');
    for (const command of [
      store.get('k'),
      store.set('k', 'v', long),
      store.setIfAbsent('k', 'v', long),
      store.set('k', undefined, long),
      store.get('k'),
    ]) {
      const { reason, took } = await failureOf(command);
      expect(reason).toBe('ECONNREFUSED');
      expect(took).toBeLessThan(900);
    }
  });

  it('fails in time where nobody answers, and does not wait for the rest', async () => {
    const store = storeAt(await listen(() => undefined));
    const failures = await Promise.all([
      failureOf(store.get('k')),
      failureOf(store.setIfAbsent('k', 'v', 9)),
    ]);
    for (const { reason, took } of failures) {
      expect(['TIMEOUT', 'CLOSED']).toContain(reason);
      expect(took).toBeLessThan(2_500);
    }
  });

  it.each([
    ['closes every connection', (socket: Socket) => socket.end()],
    ['resets every connection', (socket: Socket) => socket.resetAndDestroy()],
    ['is no Redis', (socket: Socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')],
  ])('fails at once where the server %s', async (_, onConnect) => {
    const store = storeAt(await listen((socket) => socket.once('data', () => onConnect(socket))));
    const { took } = await failureOf(store.setIfAbsent('k', 'v', long));
    expect(took).toBeLessThan(900);
  });

  it('names neither address, password, key nor value', async () => {
    const secret = 'h0use-Secret';
    const url = (await listen((socket) => socket.on('data', () => socket.write('-ERR no\r\n')))).replace(
      '//',
      `//someone:${secret}@`,
    );
    const errors = [
      (await failureOf(storeAt(`redis://someone:${secret}@127.0.0.1:9/3`).set('a-key', 'a-value', 9))).error,
      (await failureOf(storeAt(`redis://someone:${secret}@no-such.invalid`).set('a-key', 'a-value', 9)))
        .error,
      (await failureOf(storeAt(url).set('a-key', 'a-value', 9))).error,
    ];
    for (const error of errors) {
      const text = inspect(
        { ...error, stack: error.stack, cause: error.cause },
        { depth: 9, showHidden: true },
      );
      expect(text).not.toMatch(/h0use|someone|127\.0|invalid|a-key|a-value/);
    }
  });

  it('lets no call be placed by a key', async () => {
    let posts = 0;
    const post = async () => {
      posts += 1;
      return 'c-1';
    };
    const idempotency = new Idempotency(storeAt('redis://127.0.0.1:9'));
    await expect(idempotency.placeOnce(keyed('key', post), someOperation())).rejects.toMatchObject({
      code: 'PROVIDER_UNAVAILABLE',
      message: expect.not.stringContaining('127.0.0.1'),
    });
    expect(posts).toBe(0);
  });

  it('refuses after it was closed', async () => {
    const store = storeAt('redis://127.0.0.1:9');
    await store.close();
    expect((await failureOf(store.get('k'))).reason).toBe('CLOSED');
  });
});
