import type { Call } from '../call.ts';
import { comparatorOf, positionOf } from '../order.ts';
import type { Page, PageRequest } from '../page.ts';

/** Whether the call's position is between the start and the end of the page. */
export function isWithin(call: Call, page: Page, { order, after }: PageRequest): boolean {
  const compare = comparatorOf(order);
  const last = page.calls.at(-1);
  const end = page.stopped ?? (page.more && last ? positionOf(last) : undefined);
  return (
    (after === undefined || compare(positionOf(call), after) > 0) &&
    (end === undefined || compare(positionOf(call), end) < 0)
  );
}

/** The page up to and including the position of `last`. */
export function cutAfter(last: Call | undefined, page: Page, { order }: PageRequest): Page {
  if (last === undefined) return page;
  const compare = comparatorOf(order);
  const calls = page.calls.filter((call) => compare(call, last) <= 0);
  return { ...page, calls, more: true, stopped: positionOf(last) };
}

/** The page with further calls that belong there, cut to the size that was asked for. */
export function insertCalls(missing: readonly Call[], page: Page, { order, size }: PageRequest): Page {
  if (missing.length === 0) return page;
  const calls = [...page.calls, ...missing].sort(comparatorOf(order));
  if (calls.length <= size) return { ...page, calls };
  const { stopped: _, ...rest } = page;
  return { ...rest, calls: calls.slice(0, size), more: true };
}
