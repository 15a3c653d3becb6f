import type { Page, PageRequest } from '../../../calls/page.ts';
import { LinkedPages } from './linked-pages.ts';
import { PageRows } from './page-rows.ts';
import type { TokenList } from './token-list.ts';

/**
 * A page made by reading all there is, in the largest steps: costly, and the last resort where a server ignores the
 * bounds that would save it. Of the calls, it keeps no more than a page in memory.
 *
 * @throws ProviderError PROVIDER_MISBEHAVED where the budget does not lead to the end
 */
export async function readWholeList(request: PageRequest, list: TokenList): Promise<Page> {
  const rows = new PageRows(request, list.axis);
  const pages = new LinkedPages(list, { size: list.source.largestPage });
  let isMore = true;
  while (isMore) {
    if (list.isSpent) throw list.tooLong();
    const chunk = await pages.next();
    rows.add(chunk);
    isMore = chunk.next !== undefined;
  }
  const calls = rows.inOrder();
  const { size, hint } = request;
  return { calls: calls.slice(0, size), more: calls.length > size, hint, skipped: rows.skipped };
}
