import type { Account } from '../../calls/account.ts';
import { ProviderError } from '../../calls/failure.ts';
import type { Page, PageRequest } from '../../calls/page.ts';
import type { CallList } from './call-list.ts';
import { Harvest } from './harvest.ts';
import { LinkedPages } from './linked-pages.ts';
import { largestPage } from './list-query.ts';

/**
 * A page made by reading all there is, in the largest steps: dear, and the last resort where a server
 * pays no heed to the bounds that would save it. Keeps no more than a page in memory.
 */
export async function readWholeList(request: PageRequest, list: CallList, account: Account): Promise<Page> {
  const harvest = new Harvest(request);
  const pages = new LinkedPages(list, { pageSize: largestPage });
  let isMore = true;
  while (isMore) {
    if (list.isSpent) throw tooLong(account);
    const chunk = await pages.next();
    harvest.add(chunk);
    isMore = chunk.next !== undefined;
  }
  const calls = harvest.inOrder();
  const { skipped } = harvest;
  return { calls: calls.slice(0, request.size), more: calls.length > request.size, skipped };
}

/** What cannot be found without reading more than the budget allows. */
export function tooLong(account: Account): ProviderError {
  return new ProviderError(
    'PROVIDER_MISBEHAVED',
    `${account.name} does not narrow its list to the times asked for, and the whole of it is too long to be read.`,
  );
}
