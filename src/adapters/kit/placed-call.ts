import type { Call, Instant } from '../../calls/call.ts';
import { skipReasons } from '../../calls/lists/skip-reasons.ts';
import { isObject } from './rest/json.ts';
import { toPathSegment } from './rest/path-segment.ts';

/** A call of a list that has a position in the order: it has an id and a time of creation. */
export type PlacedCall = Call & { readonly createdAt: Instant };

export function isPlaced(call: Call | undefined): call is PlacedCall {
  return call !== undefined && call.providerCallId !== '' && call.createdAt !== null;
}

/** Why a row has no position. Undefined stands for a row that cannot be read. */
export function toSkipReason(call: Call | undefined): string {
  if (call === undefined) return skipReasons.unreadable;
  return call.providerCallId === '' ? skipReasons.noId : skipReasons.noTime;
}

/**
 * A row of a list as a call, with an empty `providerCallId` where it could not be requested by the one that it has;
 * undefined where it is no object. A row that is no call neither hides the others nor gets lost.
 */
export function toRow(
  row: unknown,
  toCall: (row: Readonly<Record<string, unknown>>) => Call,
): Call | undefined {
  if (!isObject(row)) return undefined;
  const call = toCall(row);
  return toPathSegment(call.providerCallId) === undefined ? { ...call, providerCallId: '' } : call;
}
