import { describe, expect, it } from 'vitest';
import { SharedRateLimiter } from '../../src/cost/shared-rate-limiter.ts';
import { createSpendPoints } from '../../src/store/spend-points.ts';
import { hasOwnRedis, unlessNoOwnRedis } from '../support/redis-server.ts';
import { adminOf, ownRedis, storeAt } from './store-harness.ts';

const caller = 'key:dialler';

/** Three processes' limiters of 100 points a minute on one Redis. */
async function open(pointsPerMinute = 100) {
  const { url, freeze, thaw } = await ownRedis();
  const stores = [storeAt(url), storeAt(url), storeAt(url)];
  // Connected before any limiter waits for an answer.
  await Promise.all(stores.map((store) => store.get('warm')));
  const limiters = stores.map((store) => {
    const spendPoints = createSpendPoints(store, pointsPerMinute) ?? expect.fail();
    return new SharedRateLimiter(pointsPerMinute, spendPoints);
  });
  /** How many of so many requests in turn are let through; each costs a point. */
  const admitted = async (requests: number, by = limiters) => {
    const waits = await Promise.all(
      Array.from({ length: requests }, (_, i) => by[i % by.length]?.spend(caller, 1)),
    );
    return waits.filter((wait) => wait === 0).length;
  };
  return { url, freeze, thaw, limiters, admitted };
}

describe.skipIf(!hasOwnRedis)(
  `processes that count the points of callers together ${unlessNoOwnRedis}`,
  () => {
    it.each([
      ['at once', 300],
      ['one after the other', 1],
    ])('let a minute’s points through, over all of them, asked for %s', async (_, at) => {
      const { admitted } = await open();
      let total = 0;
      for (let asked = 0; asked < 300; asked += at) total += await admitted(at);
      expect(total).toBeGreaterThanOrEqual(90);
      expect(total).toBeLessThanOrEqual(110);
    });

    it('hold no more than a tenth of them back for those whom they serve', async () => {
      const { limiters, admitted } = await open();
      for (let asked = 0; asked < 60; asked += 3) await admitted(3);
      const last = await admitted(60, limiters.slice(0, 1));
      expect(60 + last).toBeGreaterThanOrEqual(90);
      expect(60 + last).toBeLessThanOrEqual(110);
    });

    it('ask at most once for an operation, what it cost besides included, and seldom for one of many', async () => {
      const { url, limiters } = await open(6_000);
      const admin = await adminOf(url);
      await limiters[0]?.spend('others', 1);
      const calls = async () =>
        Number(/evalsha:calls=(\d+)/.exec(await admin.info('commandstats'))?.[1] ?? 0);
      const callsIn = async (operations: number) => {
        const before = await calls();
        for (let i = 0; i < operations; i += 1) {
          expect(await limiters[0]?.spend(caller, 3)).toBe(0);
          limiters[0]?.settle(caller, i % 2 === 0 ? -1 : 1);
        }
        return (await calls()) - before;
      };
      expect(await callsIn(10)).toBeLessThanOrEqual(10);
      await callsIn(150);
      expect(await callsIn(100)).toBeLessThan(30);
    });

    it('give back at one what was refunded at another', async () => {
      const { limiters } = await open();
      const [one, other] = limiters;
      expect(await one?.spend(caller, 90)).toBe(0);
      expect(await other?.spend(caller, 80)).toBeGreaterThan(30);
      one?.settle(caller, -85);
      await expect.poll(() => other?.spend(caller, 80)).toBe(0);
    });

    it('let through what no bucket can hold when it is full, and have it made up for at all', async () => {
      const { limiters } = await open();
      expect(await limiters[0]?.spend(caller, 200)).toBe(0);
      const wait = (await limiters[1]?.spend(caller, 1)) ?? 0;
      expect(wait).toBeGreaterThan(58);
      expect(wait).toBeLessThanOrEqual(61);
    });

    it('take the points of a refusal, but none from who has none left', async () => {
      const { limiters } = await open();
      const [one, other] = limiters;
      await one?.spend(caller, 50);
      expect(await one?.spend(caller, 80, 40)).toBeGreaterThan(40);
      await other?.spend(caller, 80, 40);
      await other?.spend(caller, 80, 40);
      // 10 were left, and are 30 short now.
      expect(await other?.spend(caller, 1, 40)).toBeLessThanOrEqual(20);
    });

    it('name no caller, and keep a bucket until it is full again', async () => {
      const { url, limiters } = await open();
      await limiters[0]?.spend(caller, 50);
      const admin = await adminOf(url);
      const [key = ''] = await admin.keys('*');
      expect(key).toMatch(/^calls-graphql:v1:\{[\w-]{43}\}:points$/);
      expect(await admin.pttl(key)).toBeGreaterThan(25_000);
      expect(await admin.pttl(key)).toBeLessThanOrEqual(33_000);
    });

    it('wait for a Redis that stands still once, and count each for itself meanwhile', async () => {
      const { limiters, freeze, thaw, admitted } = await open();
      const [one] = limiters;
      await one?.spend(caller, 40);
      freeze();
      const began = performance.now();
      expect(await one?.spend(caller, 10)).toBe(0);
      expect(performance.now() - began).toBeLessThan(3_000);
      const waits = Array.from({ length: 60 }, () => one?.spend(caller, 1));
      expect(waits.filter((wait) => wait === 0).length).toBeLessThanOrEqual(52);
      thaw();
      await expect.poll(() => one?.spend('another', 1) instanceof Promise).toBe(true);
      expect(await admitted(100)).toBeLessThanOrEqual(63);
    });
  },
);
