import type { JunkMetadata } from '../faults.ts';
import type { Element } from './xml.ts';

/** Where a list stands: what its metadata is computed from. */
export interface Standing {
  /** Zero-based. */
  readonly page: number;
  readonly size: number;
  /** All rows that match. */
  readonly total: number;
  /** The path that the page addresses are built on, without query. */
  readonly uri: string;
}

/** Pages as Restcomm counts them: rounded down, so that 0 means everything fits on one. */
export function pagesOf({ total, size }: Standing): number {
  return Math.trunc(total / size);
}

/** The texts of a list's metadata, quirks and all: `end`, the word null, addresses without filters. */
function toTexts(standing: Standing, items: readonly { readonly sid: string }[]) {
  const { page, size, uri } = standing;
  const pages = pagesOf(standing);
  const first = page * size;
  const link = (number: number) => `${uri}?Page=${number}&PageSize=${size}`;
  const lastSid = items[size - 1]?.sid ?? items.at(-1)?.sid ?? '';
  return {
    start: String(first),
    end: String(page === pages ? first + items.length : first + size - 1),
    uri,
    first: link(0),
    previous: page === 0 ? 'null' : link(page - 1),
    next: page === pages ? 'null' : `${link(page + 1)}&AfterSid=${lastSid}`,
    last: link(pages),
  };
}

/** A list in JSON; `total` is the number of rows. Source: Restcomm-Connect CallDetailRecordListConverter. */
export function toJsonList(
  standing: Standing,
  items: readonly { readonly sid: string }[],
  calls: readonly unknown[],
): Record<string, unknown> {
  const texts = toTexts(standing, items);
  return {
    page: standing.page,
    num_pages: pagesOf(standing),
    page_size: standing.size,
    total: standing.total,
    start: texts.start,
    end: texts.end,
    uri: texts.uri,
    first_page_uri: texts.first,
    previous_page_uri: texts.previous,
    next_page_uri: texts.next,
    last_page_uri: texts.last,
    calls,
  };
}

/** A list in XML; `total` repeats the number of pages. */
export function toXmlList(
  standing: Standing,
  items: readonly { readonly sid: string }[],
  calls: readonly Element[],
): Element {
  const texts = toTexts(standing, items);
  const pages = String(pagesOf(standing));
  return {
    name: 'Calls',
    attributes: [
      ['page', String(standing.page)],
      ['numpages', pages],
      ['pagesize', String(standing.size)],
      ['total', pages],
      ['start', texts.start],
      ['end', texts.end],
      ['uri', texts.uri],
      ['firstpageuri', texts.first],
      ['previouspageuri', texts.previous],
      ['nextpageuri', texts.next],
      ['lastpageuri', texts.last],
    ],
    children: calls,
  };
}

const OTHER_ACCOUNT = 'ACffffffffffffffffffffffffffffffff';

/** The metadata of somebody else's list: what the fault names, the rest invented and different from what was asked. */
export function toJunk(own: Standing, junk: JunkMetadata): Standing {
  return {
    page: junk.page ?? own.page + 3,
    size: junk.pageSize ?? (own.size === 7 ? 8 : 7),
    total: junk.total ?? own.total + 31,
    uri: own.uri.replace(/AC[A-Za-z0-9]{32}/, junk.accountSid ?? OTHER_ACCOUNT),
  };
}
