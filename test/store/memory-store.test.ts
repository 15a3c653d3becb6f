import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MemoryStore } from '../../src/store/memory-store.ts';
import { StoreFull } from '../../src/store/store-failure.ts';
import { heldBy } from '../support/held-by.ts';
import { runs } from '../support/runs.ts';

let now = 0;
let store = new MemoryStore();

beforeEach(() => {
  now = 1_000;
  store = new MemoryStore({ now: () => now });
});

describe('a memory store', () => {
  it('gives what was set, and nothing else', async () => {
    await store.set('k', 'one', 100);
    expect([await store.get('k'), await store.get('constructor')]).toEqual(['one', undefined]);
    await store.set('k', 'two', 100);
    expect(await store.get('k')).toBe('two');
  });

  it('sets only what is absent, and tells what is there', async () => {
    expect(await store.setIfAbsent('k', 'one', 100)).toBeUndefined();
    expect(await store.setIfAbsent('k', 'two', 100)).toBe('one');
    expect(await store.get('k')).toBe('one');
  });

  it('lets one of many win', async () => {
    const claims = Array.from({ length: 20 }, (_, i) => store.setIfAbsent('k', `${i}`, 100));
    expect(await Promise.all(claims)).toEqual([undefined, ...Array(19).fill('0')]);
  });

  it('keeps even an empty value', async () => {
    await store.set('k', '', 100);
    expect(await store.setIfAbsent('k', 'two', 100)).toBe('');
  });

  it('forgets what has expired', async () => {
    await store.set('k', 'one', 100);
    now += 99;
    expect(await store.get('k')).toBe('one');
    now += 1;
    expect(await store.get('k')).toBeUndefined();
    expect(await store.setIfAbsent('k', 'two', 100)).toBeUndefined();
    expect(await store.get('k')).toBe('two');
  });

  it('begins the time to live anew with every set', async () => {
    await store.set('k', 'one', 100);
    now += 60;
    await store.set('k', 'two', 100);
    now += 60;
    expect(await store.get('k')).toBe('two');
  });

  it('forgets what is deleted, and all of it when closed', async () => {
    await store.set('a', 'one', 100);
    await store.set('b', 'two', 100);
    await store.set('a', undefined, day);
    await store.set('a', undefined, day);
    expect([await store.get('a'), await store.get('b')]).toEqual([undefined, 'two']);
    await store.close();
    expect(await store.get('b')).toBeUndefined();
  });

  it('sweeps out what has expired, and leaves the rest', async () => {
    await store.set('short', 'one', 10);
    await store.set('long', 'two', 1_000_000);
    now += 30_000;
    await store.set('other', 'three', 10);
    now += 30_000;
    await store.set('last', 'four', 10);
    // Time runs back: what was only hidden would be there again.
    now = 1_000;
    expect([await store.get('short'), await store.get('other')]).toEqual([undefined, undefined]);
    expect([await store.get('long'), await store.get('last')]).toEqual(['two', 'four']);
  });

  it('goes by the clock on the wall unless told otherwise', async () => {
    const real = new MemoryStore();
    await real.set('k', 'one', 60_000);
    await real.set('gone', 'two', 0);
    expect([await real.get('k'), await real.get('gone')]).toEqual(['one', undefined]);
  });
});

const day = 24 * 3_600_000;
const minute = 60_000;

/** Writes under one key after the other until there is no room, or they are so many; how many were written. */
async function fill(
  full: MemoryStore,
  most: number,
  keyOf: (i: number) => string,
  value: (i: number) => string,
) {
  for (let i = 0; i < most; i += 1) {
    try {
      await full.set(keyOf(i), value(i), day);
    } catch (error) {
      if (error instanceof StoreFull) return i;
      throw error;
    }
  }
  return most;
}

describe('a memory store that is full', () => {
  const open = (limits = {}) => new MemoryStore({ now: () => now, maxEntries: 3, ...limits });

  it('refuses what is new and keeps what is there', async () => {
    const full = open();
    for (const key of ['a', 'b', 'c']) await full.set(key, key, day);
    await expect(full.set('d', 'd', day)).rejects.toBeInstanceOf(StoreFull);
    await expect(full.setIfAbsent('d', 'd', day)).rejects.toBeInstanceOf(StoreFull);
    expect(await full.setIfAbsent('a', 'else', day)).toBe('a');
    await full.set('b', 'new', day);
    const kept = await Promise.all(['a', 'b', 'c', 'd'].map((key) => full.get(key)));
    expect(kept).toEqual(['a', 'new', 'c', undefined]);
    await full.set('c', undefined, day);
    expect(await full.setIfAbsent('d', 'd', day)).toBeUndefined();
  });

  it('goes by bytes, too, and keeps the earlier value of what has grown too large', async () => {
    const full = open({ maxEntries: 1_000, maxBytes: 10_000 });
    await full.set('a', 'small', day);
    await expect(full.set('a', 'x'.repeat(10_000), day)).rejects.toBeInstanceOf(StoreFull);
    expect(await full.get('a')).toBe('small');
    await full.set('a', 'x'.repeat(9_000), day);
    await expect(full.set('b', 'y'.repeat(500), day)).rejects.toBeInstanceOf(StoreFull);
    await full.set('a', '', day);
    expect(await full.setIfAbsent('b', 'y'.repeat(500), day)).toBeUndefined();
  });

  it('tells when it will have room, and then has', async () => {
    const full = open();
    for (const key of ['a', 'b', 'c']) {
      await full.set(key, key, 10 * minute);
      now += 2 * minute;
    }
    const refusal = await full.set('d', 'd', day).catch((error: StoreFull) => error);
    if (!(refusal instanceof StoreFull) || refusal.retryAfter === undefined) throw new Error('Not refused.');
    expect(refusal.retryAfter).toBeGreaterThanOrEqual((4 * minute) / 1000);
    expect(refusal.retryAfter).toBeLessThanOrEqual((5 * minute) / 1000);
    now += refusal.retryAfter * 1000;
    await full.set('d', 'd', day);
    await expect(full.set('e', 'e', day)).rejects.toMatchObject({ retryAfter: expect.any(Number) });
  });

  it('knows no time when nothing will ever have room', async () => {
    await expect(open({ maxBytes: 0 }).set('a', 'a', day)).rejects.toMatchObject({ retryAfter: undefined });
  });

  it('leaves the share free that it is to leave', async () => {
    const half = open({ maxEntries: 4 });
    await half.setIfAbsent('a', 'a', day, 1 / 2);
    await half.setIfAbsent('b', 'b', day, 1 / 2);
    await expect(half.setIfAbsent('c', 'c', day, 1 / 2)).rejects.toBeInstanceOf(StoreFull);
    await half.setIfAbsent('c', 'c', day, 1 / 4);
    await expect(half.setIfAbsent('d', 'd', day, 1 / 4)).rejects.toBeInstanceOf(StoreFull);
    await half.setIfAbsent('d', 'd', day);
    expect(half.size.entries).toBe(4);
  });

  it('drops nothing early and holds nothing for long, whatever is asked of it', async () => {
    const command = fc.record({
      what: fc.constantFrom('set', 'setIfAbsent', 'delete', 'wait'),
      key: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      value: fc.oneof(fc.string({ unit: 'grapheme', maxLength: 400 }), fc.constant('')),
      time: fc.integer({ min: 1, max: 10 * minute }),
      leave: fc.constantFrom(0, 1 / 8, 1 / 2),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(command, { maxLength: 60 }), async (commands) => {
        now = 1_000;
        const limits = { maxEntries: 4, maxBytes: 3_000 };
        const one = open(limits);
        const model = new Map<string, { value: string; expires: number }>();
        for (const { what, key, value, time, leave } of commands) {
          if (what === 'wait') now += time;
          for (const [name, { expires }] of model) if (expires <= now) model.delete(name);
          const isAbsent = !model.has(key);
          if (what === 'delete') await one.set(key, undefined, time);
          if (what === 'delete') model.delete(key);
          const writing =
            what === 'set'
              ? one.set(key, value, time)
              : what === 'setIfAbsent'
                ? one.setIfAbsent(key, value, time, leave)
                : undefined;
          const written = await writing?.then(
            () => what === 'set' || isAbsent,
            (error) => !(error instanceof StoreFull) && Promise.reject(error),
          );
          if (written) model.set(key, { value, expires: now + time });
          for (const name of ['a', 'b', 'c', 'd', 'e']) {
            expect(await one.get(name)).toBe(model.get(name)?.value);
          }
          expect(one.size.entries).toBeLessThanOrEqual(limits.maxEntries);
          expect(one.size.bytes).toBeLessThanOrEqual(limits.maxBytes);
        }
        now += 12 * minute;
        await one.set('a', '', 1);
        expect(one.size.entries, 'what has expired is freed').toBe(1);
        await one.set('a', undefined, day);
        expect(one.size).toEqual({ entries: 0, bytes: 0 });
      }),
      { numRuns: runs(100) },
    );
  });
});

describe('the memory of a memory store', () => {
  const bytes = 12 * 1024 * 1024;
  const page = `${'x'.repeat(5_000)}`;

  it.each<[string, (i: number) => string, (i: number) => string]>([
    ['the notes of calls', (i) => `call:bandwidth-main:c-${i}-${page.slice(0, 40)}`, () => 'no key'],
    ['attempts', (i) => `create:main:${i}`, (i) => JSON.stringify({ i, text: page.slice(0, 800) })],
    ['texts that are not in Latin-1', (i) => `create:main:${i}`, (i) => `${i}${'電'.repeat(500)}`],
    ['pieces of large texts', (i) => `create:main:${i}`, (i) => `${i} ${page}`.slice(0, 100)],
    ['keys that are pieces of large texts', (i) => `${i} ${page}`.slice(0, 100), () => ''],
    ['nearly nothing', (i) => i.toString(36), () => ''],
  ])('is no more than it counts: %s', async (_, keyOf, value) => {
    const store = new MemoryStore({ maxBytes: bytes });
    let written = 0;
    const held = await heldBy(async () => {
      written = await fill(store, 1_000_000, keyOf, value);
    });
    expect(store.size.entries).toBe(written);
    expect(held).toBeLessThan(store.size.bytes);
    expect(store.size.bytes).toBeLessThanOrEqual(bytes);
    expect(store.size.bytes, 'it is put to use').toBeGreaterThan(0.95 * bytes);
    await store.close();
  });

  it('ends although a day has 432,000 calls, five a second', async () => {
    const store = new MemoryStore();
    const attempt = (i: number) => JSON.stringify({ i, call: page.slice(0, 900) });
    const held = await heldBy(() => fill(store, 432_000, (i) => `create:bandwidth-main:${i}`, attempt));
    expect(held).toBeLessThan(128 * 1024 * 1024);
    expect(store.size.entries).toBeGreaterThan(90_000);
  });

  describe('while nothing is asked of it', () => {
    beforeEach(() => {
      vi.useFakeTimers();
    });
    afterEach(() => {
      vi.useRealTimers();
    });

    it('is freed when its entries have expired, and then no timer is left', async () => {
      const store = new MemoryStore({ now: () => Date.now() });
      for (let i = 0; i < 100; i += 1) await store.set(`${i}`, 'x', (i + 1) * minute);
      vi.advanceTimersByTime(50 * minute);
      expect(store.size.entries).toBeGreaterThanOrEqual(50);
      expect(store.size.entries).toBeLessThanOrEqual(52);
      vi.advanceTimersByTime(52 * minute);
      expect(store.size).toEqual({ entries: 0, bytes: 0 });
      expect(vi.getTimerCount()).toBe(0);
      await store.set('again', 'x', day);
      expect(vi.getTimerCount()).toBe(1);
      await store.close();
      expect(vi.getTimerCount()).toBe(0);
    });
  });
});
