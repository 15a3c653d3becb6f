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
    this.#calls.set(call, [...(this.#calls.get(call) ?? []), root].slice(-maxRoots));
  }

  /** Forgets a call, and returns the ids of its scripts. */
  take(key: CallKey): readonly string[] | undefined {
    const call = digestOf(key);
    const roots = this.#calls.get(call);
    this.#calls.delete(call);
    return roots;
  }
}
