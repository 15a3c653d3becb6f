import type { Entry } from '../roster.ts';

/** A place in the list: after the call created then and inserted as that number. */
export interface Place {
  readonly createdAt: number;
  readonly order: number;
}

/** An opaque token for the place after an entry. Keyset, so calls that come or go do not shift it. */
export function toPageToken(entry: Place): string {
  return Buffer.from(JSON.stringify({ c: entry.createdAt, o: entry.order })).toString('base64url');
}

/** The place a token tells, or null if it was not issued here. */
export function readPageToken(token: string): Place | null {
  try {
    const place: unknown = JSON.parse(Buffer.from(token, 'base64url').toString());
    if (typeof place !== 'object' || place === null || !('c' in place) || !('o' in place)) return null;
    const { c, o } = place;
    return typeof c === 'number' && typeof o === 'number' ? { createdAt: c, order: o } : null;
  } catch {
    return null;
  }
}

/** Index of the first entry behind a place, by halving. */
export function firstAfter(entries: readonly Entry<unknown>[], place: Place): number {
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
