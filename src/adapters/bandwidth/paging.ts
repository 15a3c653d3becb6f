import type { Page, PageRequest } from '../../calls/page.ts';
import { CallList, type ListContext } from './call-list.ts';
import { readNewestFirst } from './newest-first.ts';
import { readOldestFirst } from './oldest-first.ts';
import { readWholeList } from './whole-list.ts';

/**
 * A page of the account's calls, whichever way round: Bandwidth lists oldest first, forward only, and
 * narrows by startTime, two numbers and one cause of the end. Calls without any time are in no list.
 */
export async function readPage(request: PageRequest, context: ListContext): Promise<Page> {
  if (isHopeless(request)) return { calls: [], more: false };
  const list = new CallList(context, request.filter, request.budget);
  if (request.order === 'OLDEST_FIRST') return readOldestFirst(request, list, context.account);
  const page = await readNewestFirst(request, list, context.now);
  return page === 'unbounded' ? readWholeList(request, list, context.account) : page;
}

/** Whether nothing can match: Bandwidth has no RINGING and no NOT_FOUND, and no time is after its end. */
function isHopeless({ order, after, filter }: PageRequest): boolean {
  const { statuses, endReason, createdAfter, createdBefore } = filter;
  return (
    statuses?.every((status) => status === 'RINGING') === true ||
    endReason === 'NOT_FOUND' ||
    (createdAfter !== undefined && createdBefore !== undefined && createdAfter > createdBefore) ||
    (order === 'NEWEST_FIRST' && after?.createdAt === null)
  );
}
