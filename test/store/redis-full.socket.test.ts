import { describe, expect, it } from 'vitest';
import { ProviderError } from '../../src/calls/failure.ts';
import { Idempotency } from '../../src/calls/placing/idempotency.ts';
import { StoreFull } from '../../src/store/store-failure.ts';
import { hasOwnRedis, unlessNoOwnRedis } from '../support/redis-server.ts';
import { someOperation } from '../support/some-call.ts';
import { keyed } from './posting-adapter.ts';
import { adminOf, long, ownRedis, storeAt } from './store-harness.ts';

/** A Redis that can be told that it has no memory left; it drops nothing unless told to (`noeviction`). */
async function open() {
  const { url } = await ownRedis();
  const admin = await adminOf(url);
  const limit = (bytes: number) => admin.call('CONFIG', 'SET', 'maxmemory', `${bytes}`);
  return { store: storeAt(url), limit };
}

describe.skipIf(!hasOwnRedis)(`a Redis store that is full ${unlessNoOwnRedis}`, () => {
  it('refuses what is new and keeps what is there', async () => {
    const { store, limit } = await open();
    await store.set('a', 'kept', long);
    await limit(1);
    await expect(store.set('b', 'new', long)).rejects.toBeInstanceOf(StoreFull);
    await expect(store.setIfAbsent('b', 'new', long)).rejects.toMatchObject({ retryAfter: undefined });
    expect(await store.setIfAbsent('a', 'else', long)).toBe('kept');
    expect([await store.get('a'), await store.get('b')]).toEqual(['kept', undefined]);
    await store.set('a', undefined, long);
    await limit(0);
    expect(await store.setIfAbsent('b', 'new', long)).toBeUndefined();
  });

  it('places no call for a key that it cannot keep, and answers those that it has', async () => {
    const { store, limit } = await open();
    const idempotency = new Idempotency(store, { lookupDelays: [1] });
    const posts: string[] = [];
    const place = (key: string) => {
      const post = async () => `c-${posts.push(key)}`;
      return idempotency.placeOnce(keyed(key, post), someOperation());
    };
    const { call } = await place('a');
    await limit(1);
    await expect(place('b')).rejects.toMatchObject({ code: 'RATE_LIMITED', retryAfter: undefined });
    expect(await place('a')).toEqual({ call, replayed: true });
    expect(posts).toEqual(['a']);
  });

  it('that fills while a call is being placed never has it placed again', async () => {
    const { store, limit } = await open();
    let now = Date.now();
    const idempotency = new Idempotency(store, { lookupDelays: [1], now: () => now });
    const posts: string[] = [];
    const place = (key: string) => {
      const post = async () => {
        posts.push(key);
        await limit(1);
        return `c-${posts.length}`;
      };
      return idempotency.placeOnce(keyed(key, post), someOperation(AbortSignal.timeout(100)));
    };
    expect((await place('a')).call.providerCallId).toBe('c-1');
    await expect(place('a')).rejects.toMatchObject({ code: 'CONFLICT', retryAfter: 1 });
    now += 120_000;
    await expect(place('a')).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' });
    await limit(0);
    await expect(place('a')).rejects.toBeInstanceOf(ProviderError);
    expect(posts).toEqual(['a']);
  });
});
