import { describe, expect, it, onTestFinished } from 'vitest';
import { Idempotency } from '../../src/calls/placing/idempotency.ts';
import { RedisStore } from '../../src/store/redis-store.ts';
import type { StoreHealth } from '../../src/store/store.ts';
import { hasOwnRedis, unlessNoOwnRedis } from '../support/redis-server.ts';
import { killServers, runServer } from '../support/run-server.ts';
import { someOperation } from '../support/some-call.ts';
import { keyed } from './posting-adapter.ts';
import { adminOf, long, ownRedis } from './store-harness.ts';

const durable = ['--appendonly', 'yes'];

/** A store on a Redis with these arguments, what it tells of its health, and how Redis is set up anew. */
async function open({ args = durable, strict = false, user = '' } = {}) {
  const { url, stop } = await ownRedis(undefined, ...args);
  const told: string[] = [];
  const onHealth = (health: StoreHealth) => told.push(health.state === 'ok' ? 'ok' : health.code);
  const store = new RedisStore({ urls: [url.replace('//', `//${user}`)], strict }, onHealth);
  onTestFinished(() => store.close());
  const admin = await adminOf(url);
  const set = (name: string, value: string) => admin.call('CONFIG', 'SET', name, value);
  return { url, stop, store, told, admin, set };
}

function place(store: RedisStore, key: string) {
  let posts = 0;
  const post = async () => {
    posts += 1;
    return 'c-1';
  };
  const placing = new Idempotency(store, { lookupDelays: [1] }).placeOnce(keyed(key, post), someOperation());
  return placing.then(
    ({ replayed }) => ({ code: replayed ? 'replayed' : 'placed', posts }),
    ({ code }: { code: string }) => ({ code, posts }),
  );
}

describe.skipIf(!hasOwnRedis)(`a Redis that is to keep idempotency keys ${unlessNoOwnRedis}`, () => {
  it.each([
    ['keeps them', durable, undefined],
    ['loses them when it restarts', [], 'NO_PERSISTENCE'],
    ['evicts them', [...durable, '--maxmemory-policy', 'allkeys-lru'], 'EVICTION'],
    ['evicts those that expire', [...durable, '--maxmemory-policy', 'volatile-ttl'], 'EVICTION'],
  ])('is known to be one that %s', async (_, args, code) => {
    const { store, told } = await open({ args });
    await store.watch();
    if (code === undefined) expect(store.health).toEqual({ state: 'ok' });
    else expect(store.health).toEqual({ state: 'degraded', code, since: expect.stringMatching(/Z$/) });
    expect(told).toEqual(code === undefined ? [] : [code]);
  });

  it('is not known where its user may not ask', async () => {
    const { store, admin } = await open({ user: 'calls:secret@' });
    await admin.call('ACL', 'SETUSER', 'calls', 'on', '>secret', '~*', '+@all', '-info');
    await store.watch();
    expect(store.health).toMatchObject({ code: 'UNCHECKED' });
    expect(await place(store, 'k')).toEqual({ code: 'placed', posts: 1 });
  });

  it('is checked again, and each change is told once', async () => {
    const { store, told, set } = await open();
    await store.watch();
    await set('maxmemory-policy', 'allkeys-lru');
    await store.watch();
    await store.watch();
    await set('maxmemory-policy', 'noeviction');
    await store.watch();
    await set('appendonly', 'no');
    await store.watch();
    expect(told).toEqual(['EVICTION', 'ok', 'NO_PERSISTENCE']);
  });

  it('is told to be away, and to be back', async () => {
    const { url, store, told, stop } = await open();
    await store.set('k', 'one', long);
    await stop();
    await store.watch();
    await ownRedis(Number(new URL(url).port), ...durable);
    await store.set('k', 'one', long);
    expect(['CLOSED', 'ECONNREFUSED']).toContain(told[0]);
    expect(told.at(-1)).toBe('ok');
  });

  it('gets no key under `strict` while it may lose it, and says so to the client', async () => {
    const { store, set } = await open({ strict: true });
    expect(await place(store, 'safe')).toEqual({ code: 'placed', posts: 1 });
    await set('maxmemory-policy', 'allkeys-lru');
    await store.watch();
    expect(await place(store, 'lost')).toEqual({ code: 'PROVIDER_UNAVAILABLE', posts: 0 });
    await set('maxmemory-policy', 'noeviction');
    await store.watch();
    expect(await place(store, 'lost')).toEqual({ code: 'placed', posts: 1 });
    expect(await place(store, 'safe')).toEqual({ code: 'replayed', posts: 0 });
  });

  it('gets no key under `strict` from a store that has not checked it', async () => {
    const { store } = await open({ args: [], strict: true });
    expect(await place(store, 'k')).toEqual({ code: 'PROVIDER_UNAVAILABLE', posts: 0 });
  });
});

describe.skipIf(!hasOwnRedis)(`a server on a Redis that may lose keys ${unlessNoOwnRedis}`, () => {
  it('warns at the start, and in the body of /readyz', async () => {
    const { url } = await ownRedis();
    onTestFinished(killServers);
    const server = await runServer({ file: { store: url } });
    const ready = () =>
      fetch(new URL('/readyz', server.url)).then(async (to) => [to.status, await to.json()]);
    const store = { state: 'degraded', code: 'NO_PERSISTENCE', since: expect.any(String) };
    await expect
      .poll(ready, { timeout: 10_000 })
      .toEqual([200, expect.objectContaining({ ready: true, store })]);
    await server.stop();
    expect(server.output()).toContain('Redis loses idempotency keys when it restarts');
  });

  it('does not start under `strict`, and says what to set', async () => {
    const { url } = await ownRedis();
    onTestFinished(killServers);
    const server = await runServer({ file: { store: { url, strict: true } } });
    expect(await server.ended).toBe(2);
    expect(server.output()).toMatch(/store: Redis loses .*`appendonly yes`/);
  });
});
