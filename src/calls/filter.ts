import { normalizeAddress } from './address.ts';
import type { Call } from './call.ts';
import type { CallFilter } from './new-call.ts';

/**
 * Whether a call is one that the filter asks for. Adapters push down what they can as a superset; this
 * is the last word on every provider, so that a filter means the same everywhere.
 */
export function isMatch(call: Call, filter: CallFilter): boolean {
  const { to, from, statuses, direction, createdAfter, createdBefore, endReason, parentId } = filter;
  return (
    (to === undefined || isSameAddress(call.to, to)) &&
    (from === undefined || isSameAddress(call.from, from)) &&
    (statuses === undefined || statuses.includes(call.status)) &&
    (direction === undefined || call.direction === direction) &&
    (endReason === undefined || call.endReason === endReason) &&
    (parentId === undefined || call.parentId === parentId) &&
    (createdAfter === undefined || (call.createdAt !== null && call.createdAt >= createdAfter)) &&
    (createdBefore === undefined || (call.createdAt !== null && call.createdAt <= createdBefore))
  );
}

function isSameAddress(one: string, other: string): boolean {
  return one === other || normalizeAddress(one) === normalizeAddress(other);
}
