import { LRUCache } from 'lru-cache';
import type { CallKey } from '../calls/call-loader.ts';
import { digestOf } from '../calls/events/to-change.ts';

/** The most documents of one call that are removed after its end. Older ones expire by themselves. */
const maxRoots = 8;

/** The first scripts of calls that go on, by the digests of the calls, the oldest forgotten first. */
export class CallRoots {
  readonly #calls = new LRUCache<string, readonly string[]>({ maxSize: 50_000, sizeCalculation: () => 1 });

  add(key: CallKey, root: string): void {
    const call = digestOf(key);
    const roots = new Set(this.#calls.get(call)).add(root);
    this.#calls.set(call, [...roots].slice(-maxRoots));
  }

  /** @param call its digest */
  has(call: string): boolean {
    return this.#calls.has(call);
  }

  /** Forgets a call, and returns the ids of its scripts. */
  take(key: CallKey): readonly string[] | undefined {
    const call = digestOf(key);
    const roots = this.#calls.get(call);
    this.#calls.delete(call);
    return roots;
  }
}
