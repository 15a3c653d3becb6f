import { MemoryStore } from './memory-store.ts';
import { RedisStore } from './redis-store.ts';
import type { Store } from './store.ts';

/** Whether a text is a URL that `createStore` accepts. */
export function isStoreUrl(text: string): boolean {
  return URL.canParse(text) && /^rediss?:\/\/[^/]/i.test(text);
}

/**
 * Creates the store at a `redis:` or `rediss:` URL, or one in this process's memory when there is no URL. Opens no
 * connection yet.
 *
 * @throws Error for any other URL, without repeating it, since it may hold a password
 */
export function createStore(url?: string): Store {
  if (url === undefined) return new MemoryStore();
  if (!isStoreUrl(url)) throw new Error('A store is redis://… or rediss://…');
  return new RedisStore(url);
}
