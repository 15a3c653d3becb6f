import { ProviderError } from '../../../calls/failure.ts';
import type { PageRequest, Position } from '../../../calls/page.ts';
import type { Span } from './axis.ts';
import { type ChainPlace, readChainPlace, writeChainPlace } from './chain-place.ts';
import { LinkedPages } from './linked-pages.ts';
import type { Chunk, TokenList } from './token-list.ts';

interface Step {
  readonly place: ChainPlace;
  /** See `Axis.startOf`. */
  readonly begins: number;
}

/**
 * The list from somewhere before `after` onward, in the order of the source, token by token. A hint saves the way
 * there, but is not believed: what it leads to must begin before `after`, or else rows in between might be missed.
 * Where that cannot be seen, the chain begins anew at the time of `after`, which misses nothing but calls that have
 * not started: see `hidesUnstarted`.
 */
export class Chain {
  /** See `Axis.reachOf`; NaN at the beginning. */
  reached = Number.NaN;
  /** The server ignores the lower bound, so that everything had to be read. */
  isUnbounded = false;
  readonly #request: PageRequest;
  readonly #list: TokenList;
  readonly #filter: Span;
  /** What is wanted was created at this key or later; undefined at the beginning of the list. */
  readonly #start: number | undefined;
  #isHinted: boolean;
  #place: ChainPlace;
  #pages: LinkedPages;
  #trail: Step[] = [];
  #hidesUnstarted = false;

  constructor(request: PageRequest, list: TokenList) {
    this.#request = request;
    this.#list = list;
    this.#filter = list.axis.boundsOf(request.filter);
    const { createdAt } = request.after ?? {};
    const keys = [typeof createdAt === 'string' ? list.axis.keyOf(createdAt) : undefined, this.#filter.min];
    const known = keys.filter((key) => key !== undefined);
    this.#start = known.length === 0 ? undefined : Math.max(...known);
    const hinted = this.#readHint();
    // Without a token a hint can only tell the size of the pages, and there is nothing to doubt.
    this.#isHinted = hinted !== undefined && (hinted.token !== undefined || hinted.min !== this.#lowest);
    if (hinted === undefined) this.#continueByTime();
    this.#place = hinted ?? this.#beginning;
    this.#pages = this.#pagesFrom(this.#place);
  }

  /** Whether a lower bound that no earlier page had hides calls that have not started. */
  get hidesUnstarted(): boolean {
    return this.#hidesUnstarted && !this.isUnbounded;
  }

  /** The next rows; undefined where a request only showed that the chain must begin elsewhere. */
  async next(): Promise<Chunk | undefined> {
    const place = this.#place;
    const chunk = await this.#read();
    if (chunk === undefined || !this.#isFit(chunk, place)) {
      this.#beginAnew();
      return undefined;
    }
    const { axis } = this.#list;
    const reached = axis.reachOf(chunk.calls);
    if (!Number.isNaN(reached)) this.reached = reached;
    this.#trail.push({ place, begins: axis.startOf(chunk.calls) });
    this.#place = { ...place, token: chunk.next };
    return chunk;
  }

  /** Resumes behind a position that has been read: at the last step that provably begins before it. */
  hintFor(position: Position | undefined): string | undefined {
    const { axis } = this.#list;
    const key = typeof position?.createdAt === 'string' ? axis.keyOf(position.createdAt) : Number.NaN;
    const step = this.#trail.findLast(({ begins }) => begins <= key - axis.skew) ?? this.#trail[0];
    return Number.isNaN(key) || step === undefined ? undefined : writeChainPlace(step.place);
  }

  /** Begins at the time of `after`, in larger pages: for a dense cluster that the budget did not lead through. */
  hintForMore(): string {
    if (this.#place.min === undefined) this.#continueByTime();
    const size = Math.min(this.#list.source.largestPage, 8 * this.#place.size);
    return writeChainPlace({ size, min: this.#lowest, token: undefined });
  }

  /** The lower bound from which on everything that is wanted is shown, but for calls that have not started. */
  get #lowest(): number | undefined {
    return this.#start === undefined ? undefined : this.#start - this.#list.axis.lead;
  }

  #beginAnew(): void {
    if (this.#place.min === undefined) this.#continueByTime();
    this.#isHinted = false;
    this.#place = this.#beginning;
    this.#pages = this.#pagesFrom(this.#place);
    this.#trail = [];
  }

  /** Only without bounds does the list show such calls, and a filter by time sets bounds from its first page on. */
  #continueByTime(): void {
    const { min, max } = this.#filter;
    if (this.#start !== undefined && min === undefined && max === undefined) this.#hidesUnstarted = true;
  }

  #pagesFrom({ size, min, token }: ChainPlace): LinkedPages {
    const isEndless = this.#filter.max === undefined || this.isUnbounded;
    const max = isEndless ? undefined : (this.#filter.max as number) + this.#list.axis.lag;
    return new LinkedPages(this.#list, { min, max, size, token });
  }

  /** Where no hint helps. A step holds several pages of ours, since one may be taken from anywhere within it. */
  get #beginning(): ChainPlace {
    const { largestPage } = this.#list.source;
    if (this.isUnbounded) return { size: largestPage, min: undefined, token: undefined };
    const { size, budget, filter } = this.#request;
    const { statuses, direction, parentId, endReason } = filter;
    const isSieved = [statuses, direction, parentId, endReason].some((part) => part !== undefined);
    const rows = Math.max(Math.ceil(10.3 * size), isSieved || budget === 1 ? 2_000 : 300);
    return { size: Math.min(largestPage, rows), min: this.#lowest, token: undefined };
  }

  /** A bound above the lowest would hide what is looked for, and so would any token at the beginning. */
  #readHint(): ChainPlace | undefined {
    const lowest = this.#lowest;
    const place = readChainPlace(this.#request.hint, this.#list.source.largestPage);
    if (place === undefined) return undefined;
    if (lowest === undefined) {
      return place.token === undefined && place.min === undefined ? place : undefined;
    }
    return place.min === undefined || place.min <= lowest ? place : undefined;
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
    const { axis } = this.#list;
    if (!this.#list.isWithin(calls, { min: place.min })) {
      this.isUnbounded = true;
      return false;
    }
    if (!this.#isHinted || this.#start === undefined) return true;
    const start = this.#start - axis.skew;
    if (this.#trail.length > 0) return next === undefined || !(axis.reachOf(calls) < start);
    return place.token === undefined || axis.startOf(calls) <= start;
  }
}
