import type { CallOrder } from '../generated/schema.ts';
import type { Call } from './call.ts';
import type { ListPosition } from './lists/connection.ts';
import type { Position } from './page.ts';

/** A comparator of the total order of one account's calls or, with account keys, of several accounts' calls. */
export type Compare<At extends Position = Position> = (a: At, b: At) => number;

/**
 * Compares in the total order, oldest first: by `createdAt`, then by account key, then by provider id. A call without
 * `createdAt` counts as the oldest, so it is last in NEWEST_FIRST. Negative when `a` comes first.
 */
function comparePositions(a: Partial<ListPosition> & Position, b: Partial<ListPosition> & Position): number {
  return (
    compareTexts(a.createdAt ?? '', b.createdAt ?? '') ||
    compareTexts(a.accountKey ?? '', b.accountKey ?? '') ||
    compareTexts(a.providerCallId, b.providerCallId)
  );
}

/** The comparator of an order. */
export function comparatorOf<At extends Position = Position>(order: CallOrder): Compare<At> {
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

/** The position of a call in a list over several accounts. */
export function listPositionOf({ account, createdAt, providerCallId }: Call): ListPosition {
  return { createdAt, accountKey: account.key, providerCallId };
}

/** Compares by UTF-16 code units, which is right for instants and ASCII ids and independent of the locale. */
export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
