import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Idempotency } from '../../src/calls/idempotency.ts';
import { someOperation } from '../support/some-call.ts';
import { keyed } from './posting-adapter.ts';
import { hasOwnRedis, unlessNoOwnRedis } from './redis-server.ts';
import { failureOf, long, ownRedis, storeAt } from './store-harness.ts';

describe.skipIf(!hasOwnRedis)(`a Redis store ${unlessNoOwnRedis}`, () => {
  it('names its keys, and lets all of them expire', async () => {
    const { url } = await ownRedis();
    const store = storeAt(url);
    await store.set('a', '1', long);
    await store.setIfAbsent('b', '2', long);
    const { Redis } = await import('ioredis');
    const redis = new Redis(url);
    onTestFinished(() => redis.disconnect());
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

  it('writes nothing once its caller has given up, when Redis was only frozen', async () => {
    const { url, freeze, thaw } = await ownRedis();
    const store = storeAt(url);
    await store.set('k', 'one', long);
    freeze();
    const { reason } = await failureOf(store.setIfAbsent('late', 'mine', long));
    thaw();
    expect(['TIMEOUT', 'CLOSED']).toContain(reason);
    expect(await store.get('late')).toBeUndefined();
    expect(await store.setIfAbsent('late', 'another', long)).toBeUndefined();
    expect(await store.get('late')).toBe('another');
  });

  it('finds out when a clock was set', async () => {
    const { url } = await ownRedis();
    const store = storeAt(url);
    await store.set('k', 'one', long);
    const now = performance.now.bind(performance);
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => now() - 10_000);
    onTestFinished(() => clock.mockRestore());
    expect(await store.setIfAbsent('k', 'two', long)).toBe('one');
    expect(await store.setIfAbsent('another', 'mine', long)).toBeUndefined();
    expect(await store.get('another')).toBe('mine');
  });

  it('lets the same key place the call once a frozen Redis is back', async () => {
    const { url, freeze, thaw } = await ownRedis();
    const store = storeAt(url);
    await store.set('k', 'one', long);
    let posts = 0;
    const post = async () => {
      posts += 1;
      return 'c-1';
    };
    const place = () => new Idempotency(store).placeOnce(keyed('key', post), someOperation());
    freeze();
    await expect(place()).rejects.toMatchObject({ code: 'PROVIDER_UNAVAILABLE' });
    thaw();
    expect(await place()).toMatchObject({ call: { providerCallId: 'c-1' }, replayed: false });
    expect(posts).toBe(1);
  });

  it('finds a new connection when Redis closed an idle one', async () => {
    const { url } = await ownRedis();
    const store = storeAt(url);
    await store.set('k', 'one', long);
    const { Redis } = await import('ioredis');
    const admin = new Redis(url);
    onTestFinished(() => admin.disconnect());
    await admin.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await store.get('k')).toBe('one');
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
