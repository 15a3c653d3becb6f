import { describe, expect, it } from 'vitest';
import { createStore } from '../../src/store/create-store.ts';
import { MemoryStore } from '../../src/store/memory-store.ts';
import { isRedisUrl } from '../../src/store/redis-settings.ts';
import { RedisStore } from '../../src/store/redis-store.ts';

describe('a store', () => {
  it('is in memory unless an address is given', () => {
    expect(createStore()).toBeInstanceOf(MemoryStore);
    expect(createStore({ urls: ['redis://localhost'] })).toBeInstanceOf(RedisStore);
    expect(createStore({ urls: ['rediss://user:secret@redis.example:6380/2'] })).toBeInstanceOf(RedisStore);
  });

  it.each(['', 'redis:', 'redis://', 'http://localhost', 'localhost:6379', 'memcached://secret@x'])(
    'has no address like %j, which is not repeated',
    (url) => {
      expect(isRedisUrl(url)).toBe(false);
      expect(() => createStore({ urls: [url] })).toThrow(/^A store is redis:\/\/… or rediss:\/\/…$/);
    },
  );
});
