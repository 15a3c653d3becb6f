import { normalizeAddress } from './address.ts';
import type { Call } from './call.ts';
import type { CallFilter } from './new-call.ts';

/**
 * Whether a call matches the filter. Adapters push a filter down only as far as the provider's own filter returns a
 * superset; this predicate then decides, so that a filter means the same at every provider.
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
