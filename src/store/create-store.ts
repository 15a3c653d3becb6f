import { MemoryStore } from './memory-store.ts';
import { isRedisUrl, type RedisSettings } from './redis-settings.ts';
import { RedisStore } from './redis-store.ts';
import type { OnHealth, Store } from './store.ts';

/**
 * Creates the store in a Redis, or one in this process's memory when there is none. Opens no connection yet.
 *
 * @throws Error for a URL of anything else, without repeating it, since it may hold a password
 */
export function createStore(settings?: RedisSettings, onHealth?: OnHealth): Store {
  if (settings === undefined) return new MemoryStore();
  if (!settings.urls.every(isRedisUrl)) throw new Error('A store is redis://… or rediss://…');
  return new RedisStore(settings, onHealth);
}
