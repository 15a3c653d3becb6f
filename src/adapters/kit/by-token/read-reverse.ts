import type { Page, PageRequest } from '../../../calls/page.ts';
import { PageRows } from './page-rows.ts';
import { readWindow } from './read-window.ts';
import { ReverseWatermark } from './reverse-watermark.ts';
import type { TokenList } from './token-list.ts';
import type { UnstartedCalls } from './unstarted-calls.ts';
import { learnedFrom, WindowGuess } from './window-guess.ts';

/**
 * A page against the order of the source: windows of time from the end of the list backward, each sized by what the
 * last ones held. `ReverseWatermark` decides what is known, `WindowGuess` where to read next.
 *
 * A call that has not started is in no window: see `UnstartedCalls`.
 *
 * @returns 'unbounded' when the server ignores the bounds
 */
export async function readReverse(
  request: PageRequest,
  list: TokenList,
  unstarted: UnstartedCalls,
): Promise<Page | 'unbounded'> {
  const { size, filter, hint } = request;
  const { axis } = list;
  const rows = new PageRows(request, axis);
  const watermark = new ReverseWatermark(request, axis);
  const start = watermark.base;
  const guess = new WindowGuess(axis, list.source.largestPage, learnedFrom(hint, axis, start));
  for (;;) {
    if (watermark.isAll && unstarted.isSought) await unstarted.find(rows);
    const calls = rows.inOrder();
    const ready = watermark.known(calls).slice(0, size);
    const spanned = Math.min(start, axis.end) - axis.keyOfCall(calls.at(size) ?? calls.at(-1));
    const { skipped } = rows;
    if (watermark.isAll || (ready.length === size && calls.length > size)) {
      return { calls: ready, more: calls.length > ready.length, hint: guess.hintFor(spanned), skipped };
    }
    if (list.isSpent) {
      return {
        calls: ready,
        more: true,
        hint: guess.hintForMore(spanned),
        stopped: watermark.position,
        skipped,
      };
    }
    const wanted = size + 1 - ready.length;
    const { base, max } = watermark;
    const from = watermark.toMin(guess.startOf(base, wanted));
    const min = guess.isBeforeAll(from) ? undefined : from;
    const isUnbounded = min === undefined && unstarted.isInLastWindow;
    const window = { min, max: isUnbounded ? undefined : max, size: guess.sizeOf(base, from, wanted) };
    const reading = await readWindow(list, window, { base, isFirst: max === undefined });
    if (reading === 'unbounded') return reading;
    if (isUnbounded) {
      rows.addUnread(reading);
      unstarted.see(reading, rows);
    } else rows.add(reading);
    guess.learn({ base, min, wanted }, reading, filter);
    if (reading.isWhole) watermark.pass(min);
  }
}
