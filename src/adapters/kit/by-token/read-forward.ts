import type { Page, PageRequest } from '../../../calls/page.ts';
import { Chain } from './chain.ts';
import { ForwardWatermark } from './forward-watermark.ts';
import { PageRows } from './page-rows.ts';
import type { TokenList } from './token-list.ts';
import type { UnstartedCalls } from './unstarted-calls.ts';
import { beginningOf } from './walk-state.ts';

const hiddenReason =
  'From here on the list is read by start time. Calls that have not started may be missing.';

/** A page in the order of the source: its pages from `Chain`, as far as `ForwardWatermark` says that all is known. */
export async function readForward(
  request: PageRequest,
  list: TokenList,
  unstarted: UnstartedCalls,
): Promise<Page> {
  const { size, after, order } = request;
  const rows = new PageRows(request, list.axis);
  const chain = new Chain(request, list);
  const watermark = new ForwardWatermark(request, list.axis);
  const finish = (page: Omit<Page, 'skipped'>): Page => {
    if (chain.hidesUnstarted && !unstarted.isKnown) rows.skip(hiddenReason);
    return { ...page, skipped: rows.skipped };
  };
  while (!list.isSpent) {
    const chunk = await chain.next();
    if (chunk === undefined) continue;
    rows.add(chunk);
    watermark.pass(chain.reached, chunk.next === undefined);
    if (watermark.isAll && unstarted.isSought) await unstarted.find(rows);
    const calls = rows.inOrder();
    if (watermark.isAll && after === undefined && calls.length === 0) unstarted.seeNone();
    const ready = watermark.known(calls).slice(0, size);
    if (watermark.isAll || (ready.length === size && calls.length > size)) {
      return finish({ calls: ready, more: calls.length > ready.length, hint: chain.hintFor(ready.at(-1)) });
    }
  }
  const stopped = watermark.position;
  if (stopped !== undefined) {
    const calls = watermark.known(rows.inOrder()).slice(0, size);
    return finish({ calls, more: true, hint: chain.hintFor(stopped), stopped });
  }
  if (chain.isUnbounded) throw list.tooLong();
  const hint = chain.hintForMore();
  return finish({ calls: [], more: true, hint, stopped: after ?? beginningOf(order) });
}
