import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStore } from '../../src/store/create-store.ts';
import type { Store } from '../../src/store/store.ts';
import { hasRedis, type RunningRedis, someRedis, unlessNoRedis } from '../support/redis-server.ts';

const long = 60_000;

/** What every store promises, and what those who share one see of each other. */
function contract(open: () => { one: Store; other: Store }): void {
  let one: Store;
  let other: Store;
  let key: string;

  beforeAll(() => {
    ({ one, other } = open());
  });
  afterAll(async () => {
    await Promise.all([one.close(), other.close()]);
  });
  const fresh = () => {
    key = `contract:${randomUUID()}`;
  };

  it('has nothing by a key that was never set', async () => {
    fresh();
    expect(await one.get(key)).toBeUndefined();
  });

  it('gives what was set last, to everybody', async () => {
    fresh();
    await one.set(key, 'first', long);
    await other.set(key, 'second', long);
    expect([await one.get(key), await other.get(key)]).toEqual(['second', 'second']);
  });

  it.each([
    ['nothing', ''],
    ['what is not ASCII', 'Grüße, 電話 📞'],
    ['line breaks and quotes', '{"a":"\\r\\n\\u0000"}\r\n\0"'],
    ['a number', '42'],
    ['a lot', 'x'.repeat(200_000)],
  ])('keeps a text as it is: %s', async (_, text) => {
    fresh();
    await one.set(key, text, long);
    expect(await other.get(key)).toBe(text);
    expect(await other.setIfAbsent(key, 'else', long)).toBe(text);
  });

  it('sets what is absent, and keeps what is there', async () => {
    fresh();
    expect(await one.setIfAbsent(key, 'mine', long)).toBeUndefined();
    expect(await other.setIfAbsent(key, 'yours', long)).toBe('mine');
    expect(await one.get(key)).toBe('mine');
  });

  it('does not prolong what is there', async () => {
    fresh();
    await one.setIfAbsent(key, 'mine', 60);
    expect(await other.setIfAbsent(key, 'yours', long)).toBe('mine');
    await forgotten(one, key);
    expect(await other.setIfAbsent(key, 'yours', long)).toBeUndefined();
  });

  it('forgets in time what was set, and begins anew with every set', async () => {
    fresh();
    await one.set(key, 'short', 40);
    await one.set(key, 'long', long);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(await other.get(key)).toBe('long');
    await one.set(key, 'short', 40);
    expect(await forgotten(other, key)).toBeUndefined();
  });

  it('takes a time to live with a fraction', async () => {
    fresh();
    await one.set(key, 'set', 59_999.5);
    await one.setIfAbsent(`${key}:2`, 'set', 59_999.5);
    expect([await other.get(key), await other.get(`${key}:2`)]).toEqual(['set', 'set']);
  });

  it('deletes, also what is not there', async () => {
    fresh();
    await one.set(key, 'set', long);
    await other.set(key, undefined, long);
    await other.set(key, undefined, long);
    expect(await one.get(key)).toBeUndefined();
    expect(await one.setIfAbsent(key, 'new', long)).toBeUndefined();
  });

  it('lets one of many win, each time', async () => {
    fresh();
    const winners = await Promise.all(
      Array.from({ length: 200 }, async (_, round) => {
        const name = `${key}:${round}`;
        const claims = Array.from({ length: 10 }, (__, i) =>
          (i % 2 === 0 ? one : other).setIfAbsent(name, `${i}`, long),
        );
        const present = await Promise.all(claims);
        const won = present.flatMap((value, i) => (value === undefined ? [`${i}`] : []));
        const told = new Set(present.filter((value) => value !== undefined));
        return won.length === 1 && told.size === 1 && told.has(won[0] ?? '') ? 'one' : 'not one';
      }),
    );
    expect(new Set(winners)).toEqual(new Set(['one']));
  });
}

/** Waits until a key is gone. */
async function forgotten(store: Store, key: string): Promise<string | undefined> {
  const until = performance.now() + 5_000;
  let value = await store.get(key);
  while (value !== undefined && performance.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    value = await store.get(key);
  }
  return value;
}

describe('a memory store', () => {
  contract(() => {
    const store = createStore();
    return { one: store, other: store };
  });
});

describe.skipIf(!hasRedis)(`two Redis stores on one server ${unlessNoRedis}`, () => {
  let redis: RunningRedis;
  beforeAll(async () => {
    redis = await someRedis();
  });
  afterAll(async () => {
    await redis?.stop();
  });
  contract(() => ({ one: createStore({ urls: [redis.url] }), other: createStore({ urls: [redis.url] }) }));
});
