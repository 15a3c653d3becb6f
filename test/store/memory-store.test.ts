import { beforeEach, describe, expect, it } from 'vitest';
import { MemoryStore } from '../../src/store/memory-store.ts';

let now = 0;
let store = new MemoryStore();

beforeEach(() => {
  now = 1_000;
  store = new MemoryStore(() => now);
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
    await store.delete('a');
    await store.delete('a');
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
