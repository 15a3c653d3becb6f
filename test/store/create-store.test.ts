import { describe, expect, it } from 'vitest';
import { createStore, isStoreUrl } from '../../src/store/create-store.ts';
import { MemoryStore } from '../../src/store/memory-store.ts';
import { RedisStore } from '../../src/store/redis-store.ts';

describe('a store', () => {
  it('is in memory unless an address is given', () => {
    expect(createStore()).toBeInstanceOf(MemoryStore);
    expect(createStore('redis://localhost')).toBeInstanceOf(RedisStore);
    expect(createStore('rediss://user:secret@redis.example:6380/2')).toBeInstanceOf(RedisStore);
  });

  it.each(['', 'redis:', 'redis://', 'http://localhost', 'localhost:6379', 'memcached://secret@x'])(
    'has no address like %j, which is not repeated',
    (url) => {
      expect(isStoreUrl(url)).toBe(false);
      expect(() => createStore(url)).toThrow(/^A store is redis:\/\/… or rediss:\/\/…$/);
    },
  );
});
