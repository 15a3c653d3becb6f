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
  const order = new ListOrder(request, source);
  const { start, end, slack } = order;
  const known = decodeHint(request.hint, source.letter, order);
  const reader = new RangeReader(source, order, known?.total);
  const watermark = new Watermark(start, slack);
  const page = new PageRows(request, order, source);
  const growsInFront = source.sorts === 'as-requested' && order.sign === -1;
  const next = new NextRows({ readFrom: watermark.readFrom, slack, size, hint: known, growsInFront });
  const toHint = (seen: Omit<Hint, 'total'> | undefined) =>
    seen && encodeHint({ ...seen, total: reader.total }, source.letter, order);
  // A list that is read from its end may have been counted anew, and not read any further.
  let search: Omit<Hint, 'total'> = (!reader.isFromEnd && known) || { extra: 0, seen: [] };
  while (!page.hasMore && !watermark.isPast(end)) {
    if (next.count > Math.min(mostRows, source.largestPage)) throw new TooManyRows(source.account);
    const range = await reader.read(next.offset, next.count);
    if (range === undefined) {
      const isStart = after !== undefined && watermark.key === order.keyOf(after.createdAt);
      const stopped = isStart ? after : order.positionOf(watermark.key);
      return { ...page.toPage(), hint: toHint(search), more: true, stopped };
    }
    const span = watermark.advance(range);
    if (span !== undefined) page.add(range, span);
    next.learn(range, watermark.readFrom);
    search = next.hint;
  }
  const found = page.toPage();
  // Without calls, the next page begins where this one began.
  const [first = start, last = start] = [found.calls[0], found.calls.at(-1)].map(
    (call) => call && order.keyOf(call.createdAt),
  );
  return { ...found, hint: toHint(next.hintFor(first, last)), more: page.hasMore };
}
