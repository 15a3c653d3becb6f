/**
 * The most keys that never fall, by index (patience sorting). NaN is never one of them; undefined is no key.
 */
export function longestInOrder(keys: readonly (number | undefined)[]): ReadonlySet<number> {
  const keyAt = (index: number | undefined): number => keys[index ?? -1] ?? Number.NaN;
  /** `ends[n]` is the index of the smallest key that ends a sequence of n + 1 keys. */
  const ends: number[] = [];
  const previous: (number | undefined)[] = [];
  for (const [index, key = Number.NaN] of keys.entries()) {
    if (Number.isNaN(key)) continue;
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (keyAt(ends[middle]) <= key) low = middle + 1;
      else high = middle;
    }
    previous[index] = ends[low - 1];
    ends[low] = index;
  }
  const kept: number[] = [];
  for (let at = ends.at(-1); at !== undefined; at = previous[at]) kept.push(at);
  const second = kept.at(-2) ?? 0;
  // Several keys may be the first one. A watermark relies on the first rows, so the key closest to the second is kept.
  for (let index = 0; index < second; index += 1) {
    if (keyAt(index) <= keyAt(second) && keyAt(index) > keyAt(kept.at(-1))) kept[kept.length - 1] = index;
  }
  return new Set(kept);
}
