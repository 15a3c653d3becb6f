import { comparatorOf } from '../../../calls/order.ts';
import type { Page, PageRequest } from '../../../calls/page.ts';
import { isFurther, longestStandstill, readWalkState, writeWalkState } from '../walk-state.ts';
import { Axis } from './axis.ts';
import { ForwardReader } from './forward-reader.ts';
import { digestOfList, type ListMemory } from './list-memory.ts';
import type { PageReader } from './page-reader.ts';
import { ReverseReader } from './reverse-reader.ts';
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
  const createReader = (hint: string | undefined): PageReader => {
    const unstarted = new UnstartedCalls({ ...request, hint }, list, state.unstarted);
    const guess = hint ?? memory?.guessFor(digest);
    return list.axis.isForward(request.order)
      ? new ForwardReader(request, list, unstarted, guess)
      : new ReverseReader(request, list, unstarted, guess, lifetime !== undefined, state.still);
  };
  let reader = kept ?? createReader(state.hint);
  let read = await reader.read(request);
  while (read === undefined) {
    reader = createReader(reader.hint);
    read = await reader.read(request);
  }
  const still = isFurther(read, request) ? 0 : state.still + list.spent;
  if (still > longestStandstill) throw list.endless(`${still} consecutive requests made no progress`);
  const { guess, unstarted } = reader;
  const hint = writeWalkState({ still, unstarted: unstarted.knownBehind(read) }, read.hint);
  const page = { ...read, hint };
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
