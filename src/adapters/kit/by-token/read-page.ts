import { comparatorOf } from '../../../calls/order.ts';
import type { Page, PageRequest } from '../../../calls/page.ts';
import { Axis } from './axis.ts';
import { readForward } from './read-forward.ts';
import { readReverse } from './read-reverse.ts';
import { readWholeList } from './read-whole-list.ts';
import { TokenList } from './token-list.ts';
import type { TokenSource } from './token-source.ts';
import { UnstartedCalls } from './unstarted-calls.ts';
import { isFurther, longestStandstill, readWalkState, writeWalkState } from './walk-state.ts';

/**
 * A page of a list that is read by time bounds and continuation tokens, in either order.
 *
 * @param now milliseconds since the epoch
 * @throws ProviderError PROVIDER_MISBEHAVED when page after page does not get any further
 */
export async function readPage(request: PageRequest, source: TokenSource, now: number): Promise<Page> {
  if (isEmpty(request)) return { calls: [], more: false };
  const { hint, still, unstarted: known } = readWalkState(request.hint);
  const list = new TokenList(source, new Axis(source, now), request.filter, request.budget);
  const unstarted = new UnstartedCalls({ ...request, hint }, list, known);
  const page = await readInOrder({ ...request, hint }, list, unstarted);
  const stood = isFurther(page, request) ? 0 : still + list.spent;
  if (stood > longestStandstill) throw list.endless(`${stood} consecutive requests made no progress`);
  return {
    ...page,
    hint: writeWalkState({ still: stood, unstarted: unstarted.knownBehind(page) }, page.hint),
  };
}

async function readInOrder(request: PageRequest, list: TokenList, unstarted: UnstartedCalls): Promise<Page> {
  const read = list.axis.isForward(request.order) ? readForward : readReverse;
  const page = await read(request, list, unstarted);
  return page === 'unbounded' ? readWholeList(request, list) : page;
}

/** Whether no call can be behind `after` and within the times of the filter. */
function isEmpty({ order, after, filter: { createdAfter, createdBefore } }: PageRequest): boolean {
  if (createdAfter !== undefined && createdBefore !== undefined && createdAfter > createdBefore) return true;
  if (after?.createdAt === undefined) return false;
  if (after.createdAt === null) return order === 'NEWEST_FIRST';
  const bound = order === 'OLDEST_FIRST' ? createdBefore : createdAfter;
  if (bound === undefined) return false;
  return comparatorOf(order)({ ...after, providerCallId: '' }, { createdAt: bound, providerCallId: '' }) > 0;
}
