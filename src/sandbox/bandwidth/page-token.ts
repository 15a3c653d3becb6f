import type { Entry } from '../call-table.ts';

/** A position in the list: directly after the call with this creation time and order of insertion. */
export interface ListPosition {
  readonly createdAt: number;
  readonly order: number;
}

/** Encodes the position after an entry. It does not shift when calls are added or removed. */
export function toPageToken(entry: ListPosition): string {
  return Buffer.from(JSON.stringify({ c: entry.createdAt, o: entry.order })).toString('base64url');
}

/** Decodes a token; null if it was not issued here. */
export function readPageToken(token: string): ListPosition | null {
  try {
    const place: unknown = JSON.parse(Buffer.from(token, 'base64url').toString());
    if (typeof place !== 'object' || place === null || !('c' in place) || !('o' in place)) return null;
    const { c, o } = place;
    return typeof c === 'number' && typeof o === 'number' ? { createdAt: c, order: o } : null;
  } catch {
    return null;
  }
}

/** The index of the first entry after a position, by binary search. */
export function firstAfter(entries: readonly Entry<unknown>[], place: ListPosition): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const entry = entries[middle];
    const behind =
      entry !== undefined &&
      (entry.createdAt > place.createdAt ||
        (entry.createdAt === place.createdAt && entry.order > place.order));
    if (behind) high = middle;
    else low = middle + 1;
  }
  return low;
}
