import type { CallsAdapter } from '../calls/calls-adapter.ts';
import { positionOf } from '../calls/order.ts';
import type { Page, PageRequest } from '../calls/page.ts';
import { createOperation } from './contracted.ts';

/** Where pages come from: an adapter, or what stands for the list of one. */
export interface PageSource {
  page(...request: Parameters<CallsAdapter['page']>): Promise<Page>;
}

export interface WalkOptions {
  /** A walk that has not ended by then does not end; 1,000 by default. */
  readonly mostPages?: number;
  /** What a client passes in place of the hint it was given. */
  readonly changeHint?: (hint: string | undefined, page: number) => string | undefined;
}

/**
 * Reads a list to its end as the domain does: each page begins after the last call of the page before, or where that
 * page stopped. Whatever the consumer does between two pages happens between the requests for them.
 *
 * @param request the first page; `after` and `hint` are its own
 */
export async function* eachPage(
  source: PageSource,
  request: PageRequest,
  { mostPages = 1_000, changeHint = (hint) => hint }: WalkOptions = {},
): AsyncGenerator<Page, void> {
  let next = request;
  for (let count = 0; count < mostPages; count += 1) {
    const page = await source.page(next, createOperation());
    yield page;
    if (!page.more) return;
    const last = page.calls.at(-1);
    const after = page.stopped ?? (last && positionOf(last)) ?? next.after;
    const hint = changeHint(page.hint, count);
    const { hint: _, ...rest } = next;
    next = { ...rest, ...(after && { after }), ...(hint !== undefined && { hint }) };
  }
  throw new Error(`The walk has not ended after ${mostPages} pages.`);
}

/** All pages of a list. */
export async function walkPages(...walk: Parameters<typeof eachPage>): Promise<Page[]> {
  const pages: Page[] = [];
  for await (const page of eachPage(...walk)) pages.push(page);
  return pages;
}

/** The ids of all calls on these pages, in their order. */
export function idsOn(pages: readonly Page[]): string[] {
  return pages.flatMap(({ calls }) => calls.map(({ providerCallId }) => providerCallId));
}
