import { LRUCache } from 'lru-cache';

/**
 * The serialized results of the latest events. Subscribers whose results are the same share them: an event is executed
 * and serialized once for all of them.
 */
export class SharedResults {
  readonly #texts: LRUCache<string, string>;
  readonly #pending = new Map<string, Promise<string>>();

  constructor(maxCharacters = defaultMaxCharacters) {
    this.#texts = new LRUCache({
      maxSize: maxCharacters,
      sizeCalculation: (text, key) => text.length + key.length,
    });
  }

  /** Characters held. */
  get size(): number {
    return this.#texts.calculatedSize;
  }

  /** @param create called unless the result is known, or is being created; must not reject */
  async get(key: string, create: () => Promise<string>): Promise<string> {
    const known = this.#texts.get(key) ?? this.#pending.get(key);
    if (known !== undefined) return known;
    const created = create();
    this.#pending.set(key, created);
    const text = await created;
    this.#pending.delete(key);
    this.#texts.set(key, text);
    return text;
  }
}

/** Enough for some thousand events of one selection. */
const defaultMaxCharacters = 4 * 1024 * 1024;
