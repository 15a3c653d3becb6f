import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { StoreFailure } from '../../src/store/store-failure.ts';
import { createTakeTurn } from '../../src/store/take-turn.ts';
import { hasOwnRedis, unlessNoOwnRedis } from '../support/redis-server.ts';
import { adminOf, failureOf, listen, long, ownRedis, storeAt } from './store-harness.ts';

const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A store whose connection Redis has closed while nothing was asked. */
async function closedByRedis() {
  const { url } = await ownRedis();
  const store = storeAt(url);
  await store.set('k', 'one', long);
  const admin = await adminOf(url);
  await admin.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
  await sleep(50);
  return { store, admin };
}

describe.skipIf(!hasOwnRedis)(`a Redis store ${unlessNoOwnRedis}`, () => {
  it('names its keys, and lets all of them expire', async () => {
    const { url } = await ownRedis();
    const store = storeAt(url);
    await store.set('a', '1', long);
    await store.setIfAbsent('b', '2', long);
    const redis = await adminOf(url);
    expect((await redis.keys('*')).sort()).toEqual(['calls-graphql:a', 'calls-graphql:b']);
    for (const key of ['calls-graphql:a', 'calls-graphql:b']) {
      expect(await redis.pttl(key)).toBeGreaterThan(long - 5_000);
      expect(await redis.pttl(key)).toBeLessThanOrEqual(long);
    }
  });

  it('logs in, into the database that is named', async () => {
    const { url } = await ownRedis(undefined, '--requirepass', 'p@ss/word');
    const own = url.replace('//', `//:${encodeURIComponent('p@ss/word')}@`);
    await storeAt(`${own}/1`).set('k', 'one', long);
    expect(await storeAt(`${own}/1`).get('k')).toBe('one');
    expect(await storeAt(`${own}/2`).get('k')).toBeUndefined();
    expect((await failureOf(storeAt(url).get('k'))).reason).toBe('NOAUTH');
    expect((await failureOf(storeAt(url.replace('//', '//:wrong@')).get('k'))).reason).toBe('WRONGPASS');
    expect((await failureOf(storeAt(`${own}/99`).set('k', 'elsewhere', long))).reason).toBe('ERR');
    expect(await storeAt(own).get('k')).toBeUndefined();
  });

  it('may log in as a user who may do what the README lists, and nothing else', async () => {
    const { url } = await ownRedis();
    const admin = await adminOf(url);
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
    const listed = /the user needs ([^.]*)\./i.exec(readme)?.[1]?.matchAll(/`([a-z]+)`/g) ?? [];
    const allowed = [...listed].map(([, command]) => `+${command}`);
    await admin.call('ACL', 'SETUSER', 'calls', 'on', '>secret', '~calls-graphql:*', '-@all', ...allowed);
    const store = storeAt(`${url.replace('//', '//calls:secret@')}/3`);
    await store.set('a', '1', long);
    expect(await store.setIfAbsent('b', '2', long)).toBeUndefined();
    expect([await store.get('a'), await store.get('b')]).toEqual(['1', '2']);
    await store.set('a', undefined, long);
    await store.write({ writes: [{ key: 'log', value: 'one', timeToLive: long, isAppended: true }] });
    expect(await store.readLog('log', '0-0')).toEqual([{ id: expect.any(String), value: 'one' }]);
    expect(await createTakeTurn(store, 'main')?.(100)).toEqual({ delay: 0, processes: 1 });
    await store.watch();
    await store.close();
    // Where Redis keeps what it has refused.
    expect(await admin.call('ACL', 'LOG')).toEqual([]);
  });

  it('fails while Redis is away, works again when it is back, and makes up for nothing', async () => {
    const { url, stop } = await ownRedis();
    const store = storeAt(url);
    await store.set('k', 'one', long);
    await stop();
    for (let each = 0; each < 3; each += 1) {
      const { took } = await failureOf(store.setIfAbsent('late', 'mine', long));
      expect(took).toBeLessThan(900);
    }
    await ownRedis(Number(new URL(url).port));
    expect(await store.get('late')).toBeUndefined();
    expect(await store.setIfAbsent('late', 'mine', long)).toBeUndefined();
    expect(await store.get('late')).toBe('mine');
  });

  it('finds a new connection when Redis closed an idle one', async () => {
    const { store } = await closedByRedis();
    expect(await store.get('k')).toBe('one');
  });

  it('finds a new connection when nothing comes back on one any more', async () => {
    const { url } = await ownRedis();
    const dead = new Set<Socket>();
    const ways: Socket[] = [];
    const store = storeAt(
      await listen((socket) => {
        ways.push(socket);
        const server = connect(Number(new URL(url).port)).on('error', () => undefined);
        socket.on('data', (bytes) => server.write(bytes)).on('close', () => server.destroy());
        server.on('data', (bytes) => dead.has(socket) || socket.write(bytes));
      }),
    );
    await store.set('k', 'one', long);
    for (const way of ways) dead.add(way);
    expect((await failureOf(store.get('k'))).reason).toBe('TIMEOUT');
    expect(await store.get('k')).toBe('one');
  });

  it('is closed for good, also while it connects again', async () => {
    const { store, admin } = await closedByRedis();
    const answer = store.get('k').catch(({ reason }: StoreFailure) => reason);
    await store.close();
    expect(['one', 'CLOSED']).toContain(await answer);
    await expect.poll(() => admin.info('clients')).toContain('connected_clients:1\r\n');
  });

  it('leaves a primary that has become a replica', async () => {
    const { url } = await ownRedis();
    const store = storeAt(url);
    await store.set('k', 'one', long);
    const admin = await adminOf(url);
    await admin.call('REPLICAOF', '127.0.0.1', '9');
    expect((await failureOf(store.setIfAbsent('late', 'mine', long))).reason).toBe('READONLY');
    expect((await failureOf(store.set('late', 'mine', long))).reason).toBe('READONLY');
    await admin.call('REPLICAOF', 'NO', 'ONE');
    expect(await store.setIfAbsent('late', 'mine', long)).toBeUndefined();
  });

  it('lets what is under way end when it is closed', async () => {
    const { url } = await ownRedis();
    const store = storeAt(url);
    await store.set('k', 'one', long);
    const answer = store.get('k');
    await Promise.resolve();
    await store.close();
    expect(await answer).toBe('one');
  });
});
