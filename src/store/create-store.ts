import { MemoryStore } from './memory-store.ts';
import { RedisStore } from './redis-store.ts';
import type { Store } from './store.ts';

/** Whether a text can be given to `createStore`. */
export function isStoreUrl(text: string): boolean {
  return URL.canParse(text) && /^rediss?:\/\/[^/]/i.test(text);
}

/**
 * The store that an address names, this process's memory without one. Connects to nothing yet.
 *
 * @throws Error for any other address, without repeating it: it may hold a password
 */
export function createStore(url?: string): Store {
  if (url === undefined) return new MemoryStore();
  if (!isStoreUrl(url)) throw new Error('A store is redis://… or rediss://…');
  return new RedisStore(url);
}
