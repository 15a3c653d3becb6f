import type { Call } from '../call.ts';
import { type Compare, listPositionOf } from '../order.ts';
import type { Page } from '../page.ts';
import type { ListPosition } from './connection.ts';

/** One account's page, to be merged with those of other accounts into one page of a list. */
export interface AccountPage {
  readonly accountKey: string;
  readonly page: Page;
}

/** The calls of several accounts in one order. */
export interface MergedPage {
  readonly calls: readonly Call[];
  /** Whether calls follow the last one, or may follow it. */
  readonly more: boolean;
  /** Set when fewer calls than requested could be merged: all calls up to this position are known. */
  readonly stopped?: ListPosition;
}

/**
 * Merges pages that are sorted by `compare` into one of at most `size` calls (a k-way merge). A page that stopped
 * early bounds the merge: behind its `stopped` position, unread calls of its account may precede those of the
 * other accounts.
 */
export function mergePages(
  pages: readonly AccountPage[],
  compare: Compare<ListPosition>,
  size: number,
): MergedPage {
  const bound = earliestStop(pages, compare);
  const heads = pages.map(({ page }) => ({ page, next: 0, position: positionAt(page, 0) }));
  const calls: Call[] = [];
  while (calls.length < size) {
    const head = firstOf(heads, compare);
    if (head?.position === undefined || (bound && compare(head.position, bound) > 0)) break;
    calls.push(head.page.calls[head.next] as Call);
    head.next += 1;
    head.position = positionAt(head.page, head.next);
  }
  const more = heads.some(({ page, next }) => page.more || next < page.calls.length);
  return calls.length < size && bound ? { calls, more, stopped: bound } : { calls, more };
}

/** How far a page has been merged: its next call and that call's position, undefined at the end. */
interface Head {
  readonly page: Page;
  next: number;
  position: ListPosition | undefined;
}

function positionAt({ calls }: Page, index: number): ListPosition | undefined {
  const call = calls[index];
  return call && listPositionOf(call);
}

function earliestStop(
  pages: readonly AccountPage[],
  compare: Compare<ListPosition>,
): ListPosition | undefined {
  return pages
    .flatMap(({ accountKey, page }) => (page.stopped ? [{ ...page.stopped, accountKey }] : []))
    .sort(compare)[0];
}

/** The head with the earliest next call; one at its end only if all are. */
function firstOf(heads: readonly Head[], compare: Compare<ListPosition>): Head | undefined {
  let first = heads[0];
  for (const head of heads) {
    if (head === first || head.position === undefined || first === undefined) continue;
    if (first.position === undefined || compare(head.position, first.position) < 0) first = head;
  }
  return first;
}
