import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { comparatorOf } from '../../../calls/order.ts';
import type { Page, PageRequest, Position } from '../../../calls/page.ts';
import type { PageReader } from './page-reader.ts';

/** Bounds for one account: a call takes about 1 KB. */
const mostRows = 20_000;
/** What an entry counts for besides its rows. */
const perEntry = 100;
const mostGuesses = 1_000;

/**
 * A walk that can be continued from any position behind `start` up to `end`, by who has the hint of its last page. A
 * reader believes what the hint that it began with says of calls that have not started, and clients can forge one: a
 * reader that began with another hint may hide such calls.
 */
interface Walk {
  /** Everything that its pages depend on but their position. */
  readonly pages: string;
  readonly start: Position | undefined;
  readonly end: Position;
  readonly hint: string | undefined;
  /** Whether its last page returned nothing, so that it continues at `start`, too. */
  readonly isOpen: boolean;
  readonly reader: PageReader;
}

/**
 * What the process remembers of the lists of one account: the readers of pages just given, so that the next page
 * continues where they stopped, and how dense the lists were, so that the first page of one is not read blindly.
 *
 * All of it may be lost at any time: a page is then read anew, from its position and hint. A reader is removed when
 * it is used, so a page that is requested again is read again.
 */
export class ListMemory {
  /** By what their pages depend on and their start: a page that is read often takes the room of one. */
  readonly #walks: LRUCache<string, Walk>;
  readonly #guesses = new LRUCache<string, string>({ max: mostGuesses });
  #changes = 0;

  /** @param now milliseconds since the epoch */
  constructor(now: () => number) {
    this.#walks = new LRUCache({
      maxSize: mostRows,
      sizeCalculation: ({ reader }) => perEntry + reader.held,
      perf: { now },
      ttlResolution: 0,
    });
  }

  /** Counts what `forget` has ended. A walk that was read before must not be kept after. */
  get changes(): number {
    return this.#changes;
  }

  /**
   * Removes and returns the reader that continues behind `after` with the hint of the page before.
   *
   * @param list see `digestOfList`; here and below
   */
  take(list: string, request: PageRequest): PageReader | undefined {
    const { after, hint, order } = request;
    if (after === undefined) return undefined;
    const [pages, compare] = [pagesOf(list, request), comparatorOf(order)];
    for (const [key, walk] of this.#walks.entries()) {
      if (walk.pages !== pages || walk.hint !== hint || compare(after, walk.end) > 0) continue;
      const behind = walk.start === undefined ? 1 : compare(after, walk.start);
      if (behind < 0 || (behind === 0 && !walk.isOpen)) continue;
      this.#walks.delete(key);
      return walk.reader;
    }
    return undefined;
  }

  /** Keeps the reader of a page for some milliseconds, unless it holds too much. */
  keep(list: string, request: PageRequest, page: Page, reader: PageReader, lifetime: number): void {
    this.#walks.purgeStale();
    const end = page.stopped ?? page.calls.at(-1);
    if (end === undefined) return;
    const { after: start } = request;
    const { createdAt, providerCallId } = end;
    const isOpen = page.calls.length === 0;
    const pages = pagesOf(list, request);
    const { hint } = page;
    const walk = { pages, start, end: { createdAt, providerCallId }, hint, isOpen, reader };
    this.#walks.set(`${pages} ${start?.createdAt} ${start?.providerCallId}`, walk, { ttl: lifetime });
  }

  /** Forgets all rows: a call has been changed. */
  forget(): void {
    this.#changes += 1;
    this.#walks.clear();
  }

  /** See `PageReader.guess`. */
  guessFor(list: string): string | undefined {
    return this.#guesses.get(list);
  }

  learn(list: string, guess: string): void {
    this.#guesses.set(list, guess);
  }
}

function pagesOf(list: string, { size, filter: { createdAfter, createdBefore } }: PageRequest): string {
  return `${list} ${size} ${createdAfter} ${createdBefore}`;
}

/**
 * A list without its time bounds: they change from one request to the next, and the calls between them do not. A digest,
 * because filters have phone numbers.
 */
export function digestOfList({ order, filter }: PageRequest): string {
  const { createdAfter: _, createdBefore: __, ...rest } = filter;
  return hash('sha256', JSON.stringify([order, rest]), 'base64url');
}
