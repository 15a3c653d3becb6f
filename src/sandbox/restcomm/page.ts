import type { JunkMetadata } from '../faults.ts';
import type { Element } from './xml.ts';

/** What the metadata of a list is computed from. */
export interface ListPosition {
  /** Zero-based. */
  readonly page: number;
  readonly size: number;
  /** All rows that match. */
  readonly total: number;
  /** The path of the page URIs, without query. */
  readonly uri: string;
}

/** The number of pages as Restcomm computes it, rounded down: 0 if everything fits on one page. */
export function pagesOf({ total, size }: ListPosition): number {
  return Math.trunc(total / size);
}

/** The strings of a list's metadata, with Restcomm's quirks in `end`, the string `null`, and URIs without filters. */
function toTexts(position: ListPosition, items: readonly { readonly sid: string }[]) {
  const { page, size, uri } = position;
  const pages = pagesOf(position);
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
  position: ListPosition,
  items: readonly { readonly sid: string }[],
  calls: readonly unknown[],
): Record<string, unknown> {
  const texts = toTexts(position, items);
  return {
    page: position.page,
    num_pages: pagesOf(position),
    page_size: position.size,
    total: position.total,
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
  position: ListPosition,
  items: readonly { readonly sid: string }[],
  calls: readonly Element[],
): Element {
  const texts = toTexts(position, items);
  const pages = String(pagesOf(position));
  return {
    name: 'Calls',
    attributes: [
      ['page', String(position.page)],
      ['numpages', pages],
      ['pagesize', String(position.size)],
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

/** The metadata of another request's list: the values of the fault, and invented ones that differ from the real ones. */
export function toJunk(own: ListPosition, junk: JunkMetadata): ListPosition {
  return {
    page: junk.page ?? own.page + 3,
    size: junk.pageSize ?? (own.size === 7 ? 8 : 7),
    total: junk.total ?? own.total + 31,
    uri: own.uri.replace(/AC[A-Za-z0-9]{32}/, junk.accountSid ?? OTHER_ACCOUNT),
  };
}
