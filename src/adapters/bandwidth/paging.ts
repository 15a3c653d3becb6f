import type { Instant } from '../../calls/call.ts';
import type { Page, PageRequest } from '../../calls/page.ts';
import { CallList, type ListContext } from './call-list.ts';
import { readNewestFirst } from './newest-first.ts';
import { readOldestFirst } from './oldest-first.ts';
import { Unstarted } from './unstarted.ts';
import { isFurther, longestStandstill, readWalkState, writeWalkState } from './walk-state.ts';
import { readWholeList } from './whole-list.ts';

/**
 * A page of the account's calls, whichever way round: Bandwidth lists oldest first, forward only, and
 * narrows by startTime, two numbers and one cause of the end.
 *
 * @throws ProviderError PROVIDER_MISBEHAVED when page after page does not get any further
 */
export async function readPage(request: PageRequest, context: ListContext): Promise<Page> {
  if (isHopeless(request)) return { calls: [], more: false };
  const { hint, still, unstarted: known } = readWalkState(request.hint);
  const list = new CallList(context, request.filter, request.budget);
  const unstarted = new Unstarted(request, list, known);
  const page = await readInOrder({ ...request, hint }, list, unstarted, context);
  const stood = isFurther(page, request) ? 0 : still + list.spent;
  if (stood > longestStandstill) throw list.endless(`${stood} requests in a row got nowhere`);
  return {
    ...page,
    hint: writeWalkState({ still: stood, unstarted: unstarted.knownBehind(page) }, page.hint),
  };
}

async function readInOrder(
  request: PageRequest,
  list: CallList,
  unstarted: Unstarted,
  { account, now }: ListContext,
): Promise<Page> {
  if (request.order === 'OLDEST_FIRST') return readOldestFirst(request, list, unstarted, account);
  const page = await readNewestFirst(request, list, unstarted, now);
  return page === 'unbounded' ? readWholeList(request, list, account) : page;
}

/** Whether nothing can match: Bandwidth has no RINGING and no NOT_FOUND, and no time is after its end. */
function isHopeless({ order, after, filter }: PageRequest): boolean {
  const { statuses, endReason, createdAfter, createdBefore } = filter;
  return (
    statuses?.every((status) => status === 'RINGING') === true ||
    endReason === 'NOT_FOUND' ||
    (createdAfter !== undefined && createdBefore !== undefined && createdAfter > createdBefore) ||
    isPast(order, after?.createdAt, order === 'OLDEST_FIRST' ? createdBefore : createdAfter)
  );
}

/** Whether nothing behind a place is within the bound that the order leads to. */
function isPast(order: PageRequest['order'], place: Instant | null | undefined, bound?: Instant): boolean {
  if (place === null) return order === 'NEWEST_FIRST';
  if (place === undefined || bound === undefined) return false;
  return order === 'OLDEST_FIRST' ? place > bound : place < bound;
}
