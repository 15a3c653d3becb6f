import type { CallOrder } from '../generated/schema.ts';
import type { Call } from './call.ts';
import type { Position } from './page.ts';

/**
 * Compares in the total order of one account's calls, oldest first: by `createdAt`, then by provider id. A call without
 * `createdAt` counts as the oldest, so it is last in NEWEST_FIRST. Negative when `a` comes first.
 */
export function comparePositions(a: Position, b: Position): number {
  return (
    compareTexts(a.createdAt ?? '', b.createdAt ?? '') || compareTexts(a.providerCallId, b.providerCallId)
  );
}

/** `comparePositions`, or its reverse for NEWEST_FIRST. */
export function comparatorOf(order: CallOrder): (a: Position, b: Position) => number {
  return order === 'OLDEST_FIRST' ? comparePositions : (a, b) => comparePositions(b, a);
}

/** The opposite order. */
export function reverseOf(order: CallOrder): CallOrder {
  return order === 'OLDEST_FIRST' ? 'NEWEST_FIRST' : 'OLDEST_FIRST';
}

/** The position of a call in the list of its account. */
export function positionOf({ createdAt, providerCallId }: Call): Position {
  return { createdAt, providerCallId };
}

/** Compares by UTF-16 code units, which is right for instants and ASCII ids and independent of the locale. */
export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
