import type { Page, PageRequest } from '../../../calls/page.ts';
import { decodeHint, encodeHint, type Hint } from './hint.ts';
import { mostRows, TooManyRows } from './list-failures.ts';
import { ListOrder } from './list-order.ts';
import { NextRows } from './next-rows.ts';
import type { NumberSource } from './number-source.ts';
import { PageRows } from './page-rows.ts';
import { RangeReader } from './range-reader.ts';
import { Watermark } from './watermark.ts';

/**
 * Reads one page of a list by page numbers, exactly, however rows move between two answers. `Watermark` holds what is
 * known, and `NextRows` guesses what to ask for next.
 *
 * @throws OutOfOrder when the rows are not in the order that the source describes
 * @throws ProviderError
 */
export async function readPage(source: NumberSource, request: PageRequest): Promise<Page> {
  const { after, size } = request;
  const order = new ListOrder(request.order);
  const { start, end } = order.boundsOf(request);
  const slack = order.slackOf(source);
  const hint = decodeHint(request.hint, source.letter, order);
  const reader = new RangeReader(source, order, hint?.total);
  const watermark = new Watermark(start, slack);
  const page = new PageRows(request, order, source);
  const growsInFront = source.sorts === 'as-requested' && order.sign === -1;
  const next = new NextRows({ readFrom: watermark.readFrom, slack, size, hint, growsInFront });
  const toPage = (learned: Hint | undefined) => {
    const { calls, skipped } = page;
    const text = learned && encodeHint(learned, source.letter, order);
    return { calls, hint: text, ...(skipped.length > 0 && { skipped }) };
  };
  let hasRead = false;
  while (!page.hasMore && !watermark.isPast(end)) {
    if (next.count > Math.min(mostRows, source.largestPage)) throw new TooManyRows(source.account);
    const range = await reader.read(next.offset, next.count);
    if (range === undefined) {
      const isStart = after !== undefined && watermark.key === order.keyOf(after.createdAt);
      const stopped = isStart ? after : order.positionOf(watermark.key);
      const counted = reader.total === undefined ? undefined : { total: reader.total, extra: 0, seen: [] };
      const isSearch = hasRead && watermark.key !== Number.NEGATIVE_INFINITY;
      const learned = toPage(isSearch ? next.hint : counted);
      return { ...learned, hint: learned.hint ?? request.hint, more: true, stopped };
    }
    hasRead = true;
    const span = watermark.advance(range);
    if (span !== undefined) page.add(range, span);
    next.learn(range, watermark.readFrom);
  }
  const keys = page.calls.map(({ createdAt }) => order.keyOf(createdAt));
  // Without calls, the next page begins where this one began.
  return { ...toPage(next.hintFor(keys[0] ?? start, keys.at(-1) ?? start)), more: page.hasMore };
}
