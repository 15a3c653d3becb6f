import { ProviderError } from '../../calls/failure.ts';
import type { PageRequest, Position } from '../../calls/page.ts';
import type { CallList, Chunk } from './call-list.ts';
import { type ChainPlace, readChainPlace, writeChainPlace } from './hint.ts';
import { LinkedPages } from './linked-pages.ts';
import { largestPage } from './list-query.ts';
import { createdTimeOf, reachOf } from './read-window.ts';
import { lowestOf } from './walk-state.ts';
import { longestWait, skew } from './windows.ts';
import { areWithin } from './within-bounds.ts';

interface Step {
  readonly place: ChainPlace;
  /** When its first row was created, in milliseconds since the epoch; NaN where it has none. */
  readonly begins: number;
}

/**
 * The provider's list from somewhere before `after` onward, Link by Link. A hint saves the way there,
 * but is not believed: what it leads to must begin before `after`, or else rows in between might be
 * missed. Where that cannot be seen, the chain begins anew at the time of `after`, which misses nothing
 * but calls that have not started: see `hasLostUnstarted`.
 */
export class Chain {
  /** How far the list has been read: what was created `skew` before is known. NaN at the beginning. */
  reached = Number.NaN;
  /** The server pays no heed to the lower bound, so that everything had to be read. */
  isUnbounded = false;
  readonly #request: PageRequest;
  readonly #list: CallList;
  /** What is created before that is of no interest. */
  readonly #lowest: number | undefined;
  #isHinted: boolean;
  #place: ChainPlace;
  #pages: LinkedPages;
  #hasLostUnstarted = false;
  #trail: Step[] = [];

  constructor(request: PageRequest, list: CallList) {
    this.#request = request;
    this.#list = list;
    this.#lowest = lowestOf(request);
    const hinted = this.#readHint();
    // Without a token a hint can only tell the size of the steps, and there is nothing to doubt.
    this.#isHinted = hinted !== undefined && (hinted.token !== undefined || hinted.min !== this.#lowest);
    this.#place = hinted ?? this.#start();
    this.#pages = this.#pagesFrom(this.#place);
  }

  /** Whether the list was read without bounds and is read from a time on by now, which hides such calls. */
  get hasLostUnstarted(): boolean {
    return this.#hasLostUnstarted;
  }

  /** The next rows; undefined where a request only showed that the chain must begin elsewhere. */
  async next(): Promise<Chunk | undefined> {
    const place = this.#place;
    const chunk = await this.#read();
    if (chunk === undefined || !this.#isFit(chunk, place)) {
      this.#beginAnew();
      return undefined;
    }
    const reached = reachOf(chunk.calls);
    if (!Number.isNaN(reached)) this.reached = reached;
    this.#trail.push({ place, begins: createdTimeOf(chunk.calls[0]) });
    this.#place = { ...place, token: chunk.next };
    return chunk;
  }

  /** Resumes behind a position that has been read: at the last step that provably begins before it. */
  hintFor(position: Position | undefined): string | undefined {
    const time = Date.parse(position?.createdAt ?? '');
    const step = this.#trail.findLast(({ begins }) => begins <= time - skew) ?? this.#trail[0];
    return Number.isNaN(time) || step === undefined ? undefined : writeChainPlace(step.place);
  }

  /** Begins at the time of `after`, in longer steps: for a crowd through which the budget did not lead. */
  hintForMore(): string {
    this.#goOnByTime();
    const pageSize = Math.min(largestPage, 8 * this.#place.pageSize);
    return writeChainPlace({ pageSize, min: this.#lowest, token: undefined });
  }

  #beginAnew(): void {
    this.#goOnByTime();
    this.#isHinted = false;
    this.#place = this.#start();
    this.#pages = this.#pagesFrom(this.#place);
    this.#trail = [];
  }

  /** The bound that is set from now on hides calls that have not started, if none was set before. */
  #goOnByTime(): void {
    const { createdAfter, createdBefore } = this.#request.filter;
    const isNarrowed = createdAfter !== undefined || createdBefore !== undefined;
    const isNew = this.#place.min === undefined && this.#lowest !== undefined && !isNarrowed;
    this.#hasLostUnstarted = !this.isUnbounded && (this.#hasLostUnstarted || isNew);
  }

  /** What is created before `createdBefore` has started within the longest wait after it. */
  #pagesFrom({ pageSize, min, token }: ChainPlace): LinkedPages {
    const { createdBefore } = this.#request.filter;
    const isEndless = createdBefore === undefined || this.isUnbounded;
    const max = isEndless ? undefined : Date.parse(createdBefore) + longestWait;
    return new LinkedPages(this.#list, { min, max, pageSize, token });
  }

  /** Where no hint helps: steps of several pages, since a page may be taken from anywhere within a step. */
  #start(): ChainPlace {
    if (this.isUnbounded) return { pageSize: largestPage, min: undefined, token: undefined };
    const { size, budget, filter } = this.#request;
    const { statuses, direction, parentId, endReason } = filter;
    const isSieved = [statuses, direction, parentId, endReason].some((part) => part !== undefined);
    const pageSize = Math.max(Math.ceil(10.3 * size), isSieved || budget === 1 ? 2_000 : 300);
    return { pageSize: Math.min(largestPage, pageSize), min: this.#lowest, token: undefined };
  }

  /** A bound above the lowest would hide what is looked for, and so would any token at the beginning. */
  #readHint(): ChainPlace | undefined {
    const place = readChainPlace(this.#request.hint);
    if (place === undefined) return undefined;
    if (this.#lowest === undefined) {
      return place.token === undefined && place.min === undefined ? place : undefined;
    }
    return place.min === undefined || place.min <= this.#lowest ? place : undefined;
  }

  /** Undefined where the token of a hint is refused, as a stale or damaged one may be. */
  async #read(): Promise<Chunk | undefined> {
    try {
      return await this.#pages.next();
    } catch (error) {
      const isRefused =
        error instanceof ProviderError && (error.code === 'INVALID_INPUT' || error.code === 'NOT_FOUND');
      if (isRefused && this.#isHinted) return undefined;
      throw error;
    }
  }

  #isFit({ calls, next }: Chunk, place: ChainPlace): boolean {
    if (!areWithin(calls, { min: place.min, max: undefined })) {
      this.isUnbounded = true;
      return false;
    }
    if (!this.#isHinted || this.#lowest === undefined) return true;
    if (this.#trail.length > 0) return next === undefined || !(reachOf(calls) < this.#lowest);
    return place.token === undefined || createdTimeOf(calls[0]) <= this.#lowest;
  }
}
