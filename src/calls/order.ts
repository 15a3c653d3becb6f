import type { CallOrder } from '../generated/schema.ts';
import type { Call } from './call.ts';
import type { Position } from './page.ts';

/**
 * The total order of one account's calls, oldest first: by `createdAt`, then by provider id. A call
 * without `createdAt` counts as older than any other, which puts it last in NEWEST_FIRST.
 */
export function comparePositions(a: Position, b: Position): number {
  return (
    compareTexts(a.createdAt ?? '', b.createdAt ?? '') || compareTexts(a.providerCallId, b.providerCallId)
  );
}

/** The same in the order asked for. */
export function comparatorOf(order: CallOrder): (a: Position, b: Position) => number {
  return order === 'OLDEST_FIRST' ? comparePositions : (a, b) => comparePositions(b, a);
}

export function reverseOf(order: CallOrder): CallOrder {
  return order === 'OLDEST_FIRST' ? 'NEWEST_FIRST' : 'OLDEST_FIRST';
}

export function positionOf({ createdAt, providerCallId }: Call): Position {
  return { createdAt, providerCallId };
}

/** By UTF-16 code units, which for instants and for ASCII ids is the order that counts. */
export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
