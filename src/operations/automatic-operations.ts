import { LRUCache } from 'lru-cache';
import { toKeyName } from '../store/key-name.ts';
import type { Store } from '../store/store.ts';
import { digestIn } from './read-manifest.ts';

/**
 * Documents that clients have registered by sending them once (Apollo's automatic persisted queries), for Apollo Server's
 * `persistedQueries.cache`. This saves bytes of requests and protects nothing: whoever may send operations may register
 * any.
 *
 * Bounded twice: in this process by bytes, and in the store by a number of slots, each of which holds the document that
 * was registered last for its digests. A document that has been overwritten is registered again by its client. Documents
 * with a text literal are not kept, since it may be a telephone number.
 */
export class AutomaticOperations {
  readonly #store: Store;
  readonly #own = new LRUCache<string, string>({
    maxSize: maxCharacters,
    maxEntrySize: maxLength + 64,
    sizeCalculation: (text, digest) => text.length + digest.length,
  });

  constructor(store: Store) {
    this.#store = store;
  }

  /** Never rejects: a document that cannot be read counts as not registered. */
  async get(id: string): Promise<string | undefined> {
    const digest = digestOfKey(id);
    if (digest === undefined) return undefined;
    const own = this.#own.get(digest);
    if (own !== undefined) return own;
    const stored = await this.#store.get(keyOf(digest)).catch(() => undefined);
    if (!stored?.startsWith(`${digest} `)) return undefined;
    const text = stored.slice(digest.length + 1);
    this.#own.set(digest, text);
    return text;
  }

  /** Called with valid documents only. Never rejects. */
  async set(id: string, text: string): Promise<void> {
    const digest = digestOfKey(id);
    if (digest === undefined || text.length > maxLength || text.includes('"')) return;
    this.#own.set(digest, text);
    const write = { key: keyOf(digest), value: `${digest} ${text}`, timeToLive };
    await this.#store.write({ writes: [write], reserve }).catch(() => undefined);
  }

  async delete(): Promise<void> {}
}

/** Characters of the documents of this process. */
const maxCharacters = 4 * 1024 * 1024;
/** Characters of a document. */
const maxLength = 16 * 1024;
/** Milliseconds. */
const timeToLive = 24 * 60 * 60 * 1000;
/** Idempotency keys have the room that is left: a call is worth more than some bytes of a request. */
const reserve = 0.5;

/** Apollo Server puts `apq:` before the hash, which is whatever the client has sent. */
function digestOfKey(key: string): string | undefined {
  return digestIn(key.replace(/^apq:/, ''));
}

/** One of 2,048 keys, by the first 11 bits of the digest: at most 32 MB. */
function keyOf(digest: string): string {
  return toKeyName('documents', `${Number.parseInt(digest.slice(0, 3), 16) >> 1}`);
}
