import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Idempotency } from '../../src/calls/placing/idempotency.ts';
import { RedisConnection } from '../../src/store/redis-connection.ts';
import { hasOwnRedis, unlessNoOwnRedis } from '../support/redis-server.ts';
import { someOperation } from '../support/some-call.ts';
import { keyed } from './posting-adapter.ts';
import { adminOf, failureOf, long, ownRedis, storeAt } from './store-harness.ts';

const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Makes the clock here show so many milliseconds less. */
function turnBack(by: () => number): void {
  const now = performance.now.bind(performance);
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => now() - by());
  onTestFinished(() => clock.mockRestore());
}

describe.skipIf(!hasOwnRedis)(`a Redis that stands still for a while ${unlessNoOwnRedis}`, () => {
  it('writes nothing once its caller has given up', async () => {
    const { url, freeze, thaw } = await ownRedis();
    const store = storeAt(url);
    await store.set('k', 'one', long);
    freeze();
    expect((await failureOf(store.setIfAbsent('late', 'mine', long))).reason).toBe('TIMEOUT');
    thaw();
    expect(await store.get('late')).toBeUndefined();
    expect(await store.setIfAbsent('late', 'another', long)).toBeUndefined();
    expect(await store.get('late')).toBe('another');
  });

  it('is left once, however many commands it has not answered', async () => {
    const { url, freeze, thaw } = await ownRedis();
    const store = storeAt(url);
    await store.set('k', 'one', long);
    const close = vi.spyOn(RedisConnection.prototype, 'close');
    onTestFinished(() => close.mockRestore());
    freeze();
    await Promise.all(Array.from({ length: 20 }, () => failureOf(store.set('k', 'two', long))));
    thaw();
    expect(close).toHaveBeenCalledOnce();
  });

  it('does what was asked late enough, though others had given up', async () => {
    const { url, freeze, thaw } = await ownRedis();
    const store = storeAt(url);
    await store.set('k', 'one', long);
    freeze();
    const first = failureOf(store.setIfAbsent('first', 'mine', long));
    await sleep(800);
    const second = store.setIfAbsent('second', 'mine', long);
    await first;
    await sleep(50);
    thaw();
    expect(await second).toBeUndefined();
    expect([await store.get('first'), await store.get('second')]).toEqual([undefined, 'mine']);
  });

  it('is not waited for any longer because it was slow before', async () => {
    const { url, freeze, thaw } = await ownRedis();
    const store = storeAt(url);
    await store.set('k', 'one', long);
    freeze();
    const slow = store.setIfAbsent('slow', 'mine', long);
    await sleep(500);
    thaw();
    expect(await slow).toBeUndefined();
    freeze();
    await failureOf(store.setIfAbsent('late', 'mine', long));
    await sleep(150);
    thaw();
    expect(await store.get('late')).toBeUndefined();
  });

  it('finds out when the clocks have gone apart', async () => {
    const { url } = await ownRedis();
    const store = storeAt(url);
    await store.set('k', 'one', long);
    turnBack(() => 10_000);
    expect(await store.setIfAbsent('k', 'two', long)).toBe('one');
    expect(await store.setIfAbsent('another', 'mine', long)).toBeUndefined();
    expect(await store.get('another')).toBe('mine');
  });

  it('follows a clock that goes a little faster', async () => {
    const { url } = await ownRedis();
    const store = storeAt(url);
    let lost = 0;
    turnBack(() => lost);
    for (let each = 0; each < 5; each += 1) {
      expect(await store.setIfAbsent(`k-${each}`, 'mine', long)).toBeUndefined();
      lost += 400;
    }
    const admin = await adminOf(url);
    expect(await admin.info('stats')).toContain('total_connections_received:2\r\n');
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
});
