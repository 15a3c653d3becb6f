import type { CallOrder } from '../../generated/schema.ts';
import { compareTexts } from '../order.ts';
import type { Position } from '../page.ts';
import type { Direction, ListKey, Place } from './connection.ts';

/** Sorts behind every provider id: ids are ASCII. */
const behindEveryId = '\uffff';

/** Where one account is read from, so that exactly what stands behind `place` in `order` is left. */
export interface Resume {
  readonly after?: Position | undefined;
  readonly hint?: string | undefined;
}

/**
 * One account's part of a place. Another account's calls of the same moment stand before or behind it
 * by account key, so the position asked for is just before, or just behind, all ids of that moment.
 */
export function resumeOf(
  place: Place | undefined,
  accountKey: string,
  order: CallOrder,
  direction: Direction,
): Resume {
  if (place === undefined) return {};
  const hint = place.hints?.get(accountKey);
  const apart = place.apart?.direction === direction ? place.apart.positions.get(accountKey) : undefined;
  if (apart !== undefined) return { after: apart ?? undefined, hint };
  return { after: positionIn(accountKey, place.key, order), hint };
}

/** The place before every call, for a cursor of a list of which nothing could be read yet. */
export function firstKeyIn(order: CallOrder): ListKey {
  return order === 'OLDEST_FIRST'
    ? { createdAt: null, accountKey: '', providerCallId: '' }
    : { createdAt: '9999-12-31T23:59:59.999Z', accountKey: behindEveryId, providerCallId: behindEveryId };
}

/** Where one account goes on behind `key`. */
export function positionIn(accountKey: string, key: ListKey, order: CallOrder): Position {
  const side = compareTexts(accountKey, key.accountKey);
  if (side === 0) return { createdAt: key.createdAt, providerCallId: key.providerCallId };
  const isPassed = order === 'OLDEST_FIRST' ? side < 0 : side > 0;
  const passedAll = order === 'OLDEST_FIRST' ? behindEveryId : '';
  const passedNone = order === 'OLDEST_FIRST' ? '' : behindEveryId;
  return { createdAt: key.createdAt, providerCallId: isPassed ? passedAll : passedNone };
}
