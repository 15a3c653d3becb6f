import type { Call } from '../../calls/call.ts';
import type { ListQuery } from './list-query.ts';
import { toBound } from './to-instant.ts';

/** How far beyond a bound a row may start before the server is said to pay no heed to it. Milliseconds. */
const tolerance = 2_000;

/**
 * Whether the server pays heed to the bounds: most calls keep to them. Of a few odd times nothing is concluded, and a
 * call without startTime breaks no bound.
 */
export function areWithin(calls: readonly Call[], { min, max }: Pick<ListQuery, 'min' | 'max'>): boolean {
  const first = min === undefined ? '' : toBound(min - tolerance);
  const last = max === undefined ? '~' : toBound(max + tolerance);
  const outside = calls.filter(
    ({ startedAt }) => startedAt !== null && (startedAt < first || startedAt > last),
  );
  return 2 * outside.length <= calls.length;
}
