import { comparatorOf } from '../../../calls/order.ts';
import type { Page, PageRequest } from '../../../calls/page.ts';
import { isFurther, longestStandstill, readWalkState, writeWalkState } from '../walk-state.ts';
import { Axis } from './axis.ts';
import { digestOfList, type ListMemory } from './list-memory.ts';
import { PageReader } from './page-reader.ts';
import { TokenList } from './token-list.ts';
import type { TokenSource } from './token-source.ts';
import { UnstartedCalls } from './unstarted-calls.ts';

/**
 * A page of a list that is read by time bounds and continuation tokens, in either order.
 *
 * @param now milliseconds since the epoch
 * @param memory of the account; without it each page is read from its position and hint alone
 * @throws ProviderError PROVIDER_MISBEHAVED when page after page does not get any further
 */
export async function readPage(
  request: PageRequest,
  source: TokenSource,
  now: number,
  memory?: ListMemory,
): Promise<Page> {
  if (isEmpty(request)) return { calls: [], more: false };
  const [changes, digest] = [memory?.changes, digestOfList(request)];
  const state = readWalkState(request.hint);
  const lifetime = memory && source.rowLifetime;
  const kept = memory?.take(digest, request);
  const list = kept?.list ?? new TokenList(source, new Axis(source, now), request.filter);
  list.renew(source, request.budget);
  const createReader = (): PageReader => {
    const guess = state.hint ?? memory?.guessFor(digest);
    const told = { guess, still: state.still, isKept: lifetime !== undefined };
    return new PageReader(request, list, new UnstartedCalls(request, list, state), told);
  };
  const reader = kept?.isSuited ? kept : createReader();
  const read = await reader.read(request);
  const still = isFurther(read, request) ? 0 : state.still + list.spent;
  if (still > longestStandstill) throw list.endless(`${still} consecutive requests made no progress`);
  const { guess, unstarted, reached } = reader;
  const next = { still, unstarted: unstarted.knownBehind(read), seen: unstarted.seenBy(read, reached) };
  const page = { ...read, hint: writeWalkState(next, guess) };
  if (request.after === undefined && guess !== undefined) memory?.learn(digest, guess);
  if (lifetime !== undefined && memory?.changes === changes)
    memory?.keep(digest, request, page, reader, lifetime);
  return page;
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
