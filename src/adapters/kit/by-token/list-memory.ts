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
  /** Of everything that its pages depend on but their position. */
  readonly digest: string;
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

  /** Removes and returns the reader that continues behind `after` with the hint of the page before. */
  take({ after, hint, ...request }: PageRequest): PageReader | undefined {
    if (after === undefined) return undefined;
    const [digest, compare] = [digestOf(request), comparatorOf(request.order)];
    for (const [key, walk] of this.#walks.entries()) {
      if (walk.digest !== digest || walk.hint !== hint || compare(after, walk.end) > 0) continue;
      const behind = walk.start === undefined ? 1 : compare(after, walk.start);
      if (behind < 0 || (behind === 0 && !walk.isOpen)) continue;
      this.#walks.delete(key);
      return walk.reader;
    }
    return undefined;
  }

  /** Keeps the reader of a page for some milliseconds, unless it holds too much. */
  keep({ after: start, ...request }: PageRequest, page: Page, reader: PageReader, lifetime: number): void {
    this.#walks.purgeStale();
    const end = page.stopped ?? page.calls.at(-1);
    if (end === undefined) return;
    const { createdAt, providerCallId } = end;
    const isOpen = page.calls.length === 0;
    const digest = digestOf(request);
    const { hint } = page;
    const walk = { digest, start, end: { createdAt, providerCallId }, hint, isOpen, reader };
    this.#walks.set(`${digest} ${start?.createdAt} ${start?.providerCallId}`, walk, { ttl: lifetime });
  }

  /** Forgets all rows: a call has been changed. */
  forget(): void {
    this.#changes += 1;
    this.#walks.clear();
  }

  /** See `PageReader.guess`. */
  guessFor(request: PageRequest): string | undefined {
    return this.#guesses.get(digestOfList(request));
  }

  learn(request: PageRequest, guess: string): void {
    this.#guesses.set(digestOfList(request), guess);
  }
}

function digestOf({ order, filter, size }: Omit<PageRequest, 'after'>): string {
  return hash('sha256', JSON.stringify([order, size, filter]), 'base64url');
}

/** Leaves out the time bounds: they change from one request to the next, and the calls between them do not. */
function digestOfList({ order, filter }: PageRequest): string {
  const { createdAfter: _, createdBefore: __, ...rest } = filter;
  return hash('sha256', JSON.stringify([order, rest]), 'base64url');
}
