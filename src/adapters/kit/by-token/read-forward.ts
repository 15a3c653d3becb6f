import type { Page, PageRequest } from '../../../calls/page.ts';
import type { PlacedCall } from '../placed-call.ts';
import { ForwardWatermark } from './forward-watermark.ts';
import { LinkedPages } from './linked-pages.ts';
import { PageRows } from './page-rows.ts';
import { RowGuess } from './row-guess.ts';
import type { TokenList } from './token-list.ts';
import type { UnstartedCalls } from './unstarted-calls.ts';
import { beginningOf } from './walk-state.ts';

/**
 * A page in the order of the source, from the time of `after` on, token by token. `ForwardWatermark` decides what is
 * known, `RowGuess` how many rows to ask for.
 *
 * The first page of a list is read without bounds, and shows calls that have not started where they stand. The bound
 * of a later page hides them: see `UnstartedCalls`.
 *
 * @returns 'unbounded' when the server ignores the bounds
 */
export async function readForward(
  request: PageRequest,
  list: TokenList,
  unstarted: UnstartedCalls,
): Promise<Page | 'unbounded'> {
  const { size, after, order } = request;
  const rows = new PageRows(request, list.axis);
  const watermark = new ForwardWatermark(request, list.axis);
  const guess = new RowGuess(request, list.source.largestPage);
  const pages = new LinkedPages(list, { ...watermark.span, size: guess.size });
  const read: PlacedCall[] = [];
  const finish = (page: Omit<Page, 'skipped' | 'hint'>): Page => {
    guess.learn(read, watermark.settled(read));
    const hint = guess.toHint() + unstarted.writeSeen(watermark.reached, page);
    unstarted.reportHidden(rows);
    return { ...page, hint, skipped: rows.skipped };
  };
  while (!list.isSpent) {
    const chunk = await pages.next();
    if (!list.isWithin(chunk.calls, watermark.span)) return 'unbounded';
    rows.add(chunk);
    for (const call of chunk.calls) read.push(call);
    watermark.pass(list.axis.reachOf(chunk.calls), chunk.next === undefined);
    if (watermark.isAll && unstarted.isSought) await unstarted.find(rows);
    const calls = rows.inOrder();
    const ready = watermark.known(calls).slice(0, size);
    if (watermark.isAll || (ready.length === size && calls.length > size)) {
      return finish({ calls: ready, more: calls.length > ready.length });
    }
  }
  const stopped = watermark.position;
  if (stopped !== undefined) {
    return finish({ calls: watermark.known(rows.inOrder()).slice(0, size), more: true, stopped });
  }
  guess.grow();
  return finish({ calls: [], more: true, stopped: after ?? beginningOf(order) });
}
