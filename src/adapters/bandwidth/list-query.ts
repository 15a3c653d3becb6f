import { normalizeAddress } from '../../calls/address.ts';
import type { CallFilter } from '../../calls/new-call.ts';
import { toInstant } from '../kit/by-token/axis.ts';
import type { TokenQuery } from '../kit/by-token/token-source.ts';
import { toForm } from '../kit/rest/to-form.ts';
import { toCause } from './words.ts';

/** Bounds are widened to whole seconds, the only form that the documentation shows. */
export function toPageQuery({ min, max, size, token }: TokenQuery): string {
  let query = `pageSize=${size}`;
  if (min !== undefined) query += `&minStartTime=${toSecond(Math.floor(min / 1000))}`;
  if (max !== undefined) query += `&maxStartTime=${toSecond(Math.ceil(max / 1000))}`;
  return token === undefined ? query : `${query}&pageToken=${token}`;
}

function toSecond(seconds: number): string {
  return encodeURIComponent(toInstant(seconds * 1000).replace('.000Z', 'Z'));
}

/**
 * What Bandwidth can filter by: exact numbers, and a cause of the end where only one has the meaning. Each lets through
 * no less than the filter does; the filter itself is applied afterwards.
 */
export function toFilterQuery({ to, from, endReason }: CallFilter): string {
  const query = toForm({
    to: to && normalizeAddress(to),
    from: from && normalizeAddress(from),
    disconnectCause: endReason && toCause(endReason),
  });
  return query === '' ? '' : `&${query}`;
}

/** Whether any call can match: Bandwidth has no RINGING and no NOT_FOUND. */
export function canMatch({ statuses, endReason }: CallFilter): boolean {
  return endReason !== 'NOT_FOUND' && !statuses?.every((status) => status === 'RINGING');
}
