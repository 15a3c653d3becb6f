import type { CallOrder } from '../../generated/schema.ts';
import type { Call } from '../call.ts';
import { compareTexts } from '../order.ts';
import type { ListPosition } from './connection.ts';

/** A comparator of the total order of a list over several accounts, in either direction. */
export type CompareListPositions = (a: ListPosition, b: ListPosition) => number;

/**
 * The total order over several accounts, oldest first: by `createdAt`, then account key, then provider id. A
 * call without `createdAt` counts as the oldest. Negative when `a` comes first.
 */
export function compareListPositions(a: ListPosition, b: ListPosition): number {
  return (
    compareTexts(a.createdAt ?? '', b.createdAt ?? '') ||
    compareTexts(a.accountKey, b.accountKey) ||
    compareTexts(a.providerCallId, b.providerCallId)
  );
}

/** `compareListPositions`, or its reverse for NEWEST_FIRST. */
export function listComparatorOf(order: CallOrder): CompareListPositions {
  return order === 'OLDEST_FIRST' ? compareListPositions : (a, b) => compareListPositions(b, a);
}

/** The position of a call in a list over several accounts. */
export function listPositionOf({ account, createdAt, providerCallId }: Call): ListPosition {
  return { createdAt, accountKey: account.key, providerCallId };
}
