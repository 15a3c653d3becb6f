import type { CallsAdapter } from '../calls-adapter.ts';
import { mayRecover, ProviderError } from '../failure.ts';
import type { Operation } from '../operation.ts';
import { comparatorOf, listPositionOf, reverseOf } from '../order.ts';
import type { Page } from '../page.ts';
import type { Connection, ListPosition, ListRequest, Unavailable } from './connection.ts';
import { countCalls, hasCallFrom } from './list-questions.ts';
import { type AccountPage, type MergedPage, mergePages } from './merge-pages.ts';
import { PageCursors } from './page-cursors.ts';
import { reportSkipped } from './report-skipped.ts';
import { toResumePoint } from './resume-point.ts';

/** Limits of `readList`, which reads one page of a list over several accounts. */
export interface ListLimits {
  /** The most requests that one page of a list may cost one account. */
  readonly requestsPerList: number;
}

/**
 * Reads one page of a list over any number of accounts, in parallel, and merges them in the total order (Relay
 * Cursor Connections, section 4: forward with first and after, backward with last and before; both cursors may be
 * given). An account that cannot be read is reported in `unavailable`, and the others are served. While one of them
 * may recover, there is a next page, and the cursors keep the position of each account.
 *
 * @throws Failure INVALID_INPUT when every account refuses the request
 */
export async function readList(
  adapters: readonly CallsAdapter[],
  request: ListRequest,
  operation: Operation,
  { requestsPerList: budget }: ListLimits,
): Promise<Connection> {
  const { direction, filter, size, accounts } = request;
  const isForward = direction === 'forward';
  // Accounts are read in the order of the list, or its reverse when paging backward, from one cursor until the other.
  const order = isForward ? request.order : reverseOf(request.order);
  const [from, until] = isForward ? [request.after, request.before] : [request.before, request.after];
  const resumePoints = adapters.map(({ account: { key } }) => {
    return [key, toResumePoint(from, key, order, direction)] as const;
  });
  const reading = adapters.map((adapter, index) => {
    // With `first: 0`, one call tells whether there are any.
    const page = { order, filter, ...resumePoints[index]?.[1], size: Math.max(1, size), budget };
    return adapter.page(page, operation);
  });
  const { pages, unavailable } = sortOut(adapters, await Promise.allSettled(reading));
  const compare = comparatorOf<ListPosition>(order);
  const isInside = until && ((at: ListPosition) => compare(at, until.position) < 0);
  const merged = cutOff(mergePages(pages, compare, size), isInside, size);
  const { skipped, reported } = reportSkipped(pages, accounts, from?.reported);
  const known = { from, resumePoints, pages, merged, unavailable, order, direction, reported };
  const cursors = new PageCursors(known);
  const { first, last } = cursors;
  const list = { adapters, filter, operation, budget };
  const isIncomplete = unavailable.some(({ failure }) => mayRecover(failure));
  const hasMore = () => merged.more || isIncomplete || hasCallFrom(list, until, order);
  const hasEarlier = () => hasCallFrom(list, from, reverseOf(order));
  return {
    scope: request,
    calls: isForward ? merged.calls : merged.calls.toReversed(),
    cursorOf: (call) => cursors.of(call),
    start: isForward ? first : last,
    end: isForward ? last : first,
    hasNextPage: isForward ? hasMore : hasEarlier,
    hasPreviousPage: isForward ? hasEarlier : hasMore,
    unavailable,
    skipped,
    count: () => countCalls(list),
  };
}

function sortOut(
  adapters: readonly CallsAdapter[],
  results: readonly PromiseSettledResult<Page>[],
): { pages: AccountPage[]; unavailable: Unavailable[] } {
  const pages: AccountPage[] = [];
  const unavailable: Unavailable[] = [];
  results.forEach((result, index) => {
    const { account } = adapters[index] as CallsAdapter;
    if (result.status === 'fulfilled') pages.push({ accountKey: account.key, page: result.value });
    else if (result.reason instanceof ProviderError) unavailable.push({ account, failure: result.reason });
    else throw result.reason;
  });
  // A value that one provider refuses may be valid for another. If all refuse it, it is the caller's mistake.
  const [refused] = unavailable;
  const isRefused = unavailable.every(({ failure }) => failure.code === 'INVALID_INPUT');
  if (refused !== undefined && pages.length === 0 && isRefused) throw refused.failure;
  return { pages, unavailable };
}

/** Drops the calls at or behind the second cursor, when both were given. */
function cutOff(
  merged: MergedPage,
  isInside: ((at: ListPosition) => boolean) | undefined,
  size: number,
): MergedPage {
  if (isInside === undefined || (merged.stopped && isInside(merged.stopped))) return merged;
  const calls = merged.calls.filter((call) => isInside(listPositionOf(call)));
  return { calls, more: merged.more && calls.length === size };
}
