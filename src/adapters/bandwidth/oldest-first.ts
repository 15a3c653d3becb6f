import type { Account } from '../../calls/account.ts';
import type { Page, PageRequest } from '../../calls/page.ts';
import type { CallList } from './call-list.ts';
import { Chain } from './chain.ts';
import { Harvest } from './harvest.ts';
import type { PlacedCall } from './list-rows.ts';
import type { Unstarted } from './unstarted.ts';
import { beginningOf } from './walk-state.ts';
import { tooLong } from './whole-list.ts';
import { skew } from './windows.ts';

const lostReason =
  'From this place on the list is read by startTime. Calls that have not started may be missing behind it.';

/**
 * A page in the order in which Bandwidth gives its list (Bandwidth spec, listCalls: by createdTime,
 * which it does not show; what stands for it may be off by `skew`). A row is held back until the list
 * has come that much further, so that ties and near ties come out in one order.
 */
export async function readOldestFirst(
  request: PageRequest,
  list: CallList,
  unstarted: Unstarted,
  account: Account,
): Promise<Page> {
  const { size, filter, after } = request;
  const harvest = new Harvest(request);
  const chain = new Chain(request, list);
  const last = filter.createdBefore === undefined ? Number.NaN : Date.parse(filter.createdBefore) + skew;
  let ready: readonly PlacedCall[] = [];
  const left = () => {
    if (chain.hasLostUnstarted) harvest.skip(lostReason);
    return { skipped: harvest.skipped };
  };
  while (!list.isSpent) {
    const chunk = await chain.next();
    if (chunk === undefined) continue;
    harvest.add(chunk);
    const isAll = chunk.next === undefined || chain.reached > last;
    if (isAll && unstarted.isSought) await unstarted.find(harvest);
    const calls = harvest.inOrder();
    const known = isAll
      ? calls
      : calls.filter(({ createdAt }) => Date.parse(createdAt) < chain.reached - skew);
    ready = known.slice(0, size);
    if (isAll || (ready.length === size && calls.length > size)) {
      return {
        calls: ready,
        more: calls.length > ready.length,
        hint: chain.hintFor(ready.at(-1)),
        ...left(),
      };
    }
  }
  const stopped = { createdAt: toInstant(chain.reached - skew), providerCallId: '' };
  if (stopped.createdAt !== null && stopped.createdAt > (after?.createdAt ?? '')) {
    return { calls: ready, more: true, hint: chain.hintFor(stopped), stopped, ...left() };
  }
  if (chain.isUnbounded) throw tooLong(account);
  const place = after ?? beginningOf('OLDEST_FIRST');
  const hint = chain.hintForMore();
  return { calls: [], more: true, hint, stopped: place, ...left() };
}

function toInstant(milliseconds: number): string | null {
  return Number.isNaN(milliseconds) ? null : new Date(milliseconds).toISOString();
}
