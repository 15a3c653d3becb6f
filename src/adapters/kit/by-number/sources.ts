import type { Hint } from './hint.ts';
import type { Lane } from './number-source.ts';
import type { Stretch } from './row-range.ts';
import { countBefore, type Mark } from './row-search.ts';

/** A stretch of which calls were taken, those with keys before `end`. */
interface Source {
  readonly stretch: Stretch;
  readonly end: number;
}

/** Where the calls of a page were found, for reading on behind any of them at little cost. */
export class Sources {
  readonly #lane: Lane;
  readonly #sources: Source[] = [];

  constructor(lane: Lane) {
    this.#lane = lane;
  }

  add(stretch: Stretch, end: number): void {
    this.#sources.push({ stretch, end });
  }

  /** For calls with keys from `first` to `last`; undefined where they were not found. */
  hintFor(first: number, last: number): Hint | undefined {
    const from = this.#sourceOf(first);
    const to = this.#sourceOf(last);
    if (from === undefined || to === undefined) return undefined;
    return { total: to.total, marks: [from.mark, to.mark], extra: to.extra };
  }

  /** Where a time was found: the row to resume from, and how many rows that takes besides those wanted. */
  #sourceOf(key: number): { mark: Mark; extra: number; total: number } | undefined {
    const source = this.#sources.find(({ end }) => key < end);
    if (source === undefined) return undefined;
    const { keys, offset, total } = source.stretch;
    const before = Math.max(0, countBefore(keys, key - this.#lane.slackBefore) - 1);
    const closing = keys.findIndex((row) => row - this.#lane.slackBehind > key);
    const extra = Math.max(0, (closing === -1 ? keys.length : closing) - before);
    return { mark: { offset: offset + before, key: keys[before] ?? key }, extra, total };
  }
}
