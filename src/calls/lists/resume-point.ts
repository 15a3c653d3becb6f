import type { CallOrder } from '../../generated/schema.ts';
import { compareTexts } from '../order.ts';
import type { Position } from '../page.ts';
import type { Direction, ListCursor, ListPosition } from './connection.ts';

/** Sorts after every provider id, since those are ASCII. */
const afterEveryId = '\uffff';

/** Where the list of one account is resumed: the `after` and `hint` of a `PageRequest`. */
export interface ResumePoint {
  readonly after?: Position | undefined;
  readonly hint?: string | undefined;
}

/**
 * Where one account is resumed for a cursor, so that exactly its calls behind the cursor in `order` follow.
 * Without a cursor, from the start.
 */
export function toResumePoint(
  cursor: ListCursor | undefined,
  accountKey: string,
  order: CallOrder,
  direction: Direction,
): ResumePoint {
  if (cursor === undefined) return {};
  const { position, hints, accountPositions } = cursor;
  const hint = hints?.get(accountKey);
  const own =
    accountPositions?.direction === direction ? accountPositions.positions.get(accountKey) : undefined;
  if (own !== undefined) return { after: own ?? undefined, hint };
  return { after: toAccountPosition(accountKey, position, order), hint };
}

/** The position before all calls: the cursor of a list of which nothing could be read yet. */
export function startPosition(order: CallOrder): ListPosition {
  return order === 'OLDEST_FIRST'
    ? { createdAt: null, accountKey: '', providerCallId: '' }
    : { createdAt: '9999-12-31T23:59:59.999Z', accountKey: afterEveryId, providerCallId: afterEveryId };
}

/**
 * The position in one account's order that divides its calls as `position` does. Calls of the same time are
 * ordered by account key, so for another account it is before or after all ids of that time.
 */
export function toAccountPosition(accountKey: string, position: ListPosition, order: CallOrder): Position {
  const { createdAt, providerCallId } = position;
  const side = compareTexts(accountKey, position.accountKey);
  if (side === 0) return { createdAt, providerCallId };
  const isPassed = order === 'OLDEST_FIRST' ? side < 0 : side > 0;
  const [beforeAll, afterAll] = order === 'OLDEST_FIRST' ? ['', afterEveryId] : [afterEveryId, ''];
  return { createdAt, providerCallId: isPassed ? afterAll : beforeAll };
}
