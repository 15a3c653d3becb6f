import type { PageRequest } from '../../../calls/page.ts';
import type { Axis } from './axis.ts';
import { blindPage, perMatchOf, readTraffic, type Traffic, writeTraffic } from './traffic.ts';

/** Rows besides those of the page where nothing is known of the list: five seconds of a call every 0.2 s. */
const firstOverhead = 24;
/** How much larger a page may be than the last one. */
const growth = 8;

/**
 * Estimates how many rows to request for a page of a list that is read in the order of the source. A wrong estimate
 * costs requests or rows; it loses no call.
 */
export class RowGuess {
  readonly #request: PageRequest;
  readonly #largestPage: number;
  /** Rows that far from the boundary of two pages are read for both. Milliseconds. */
  readonly #overlap: number;
  /** How much of that the first page has: nothing is read before the beginning of the list. */
  readonly #share: number;
  /** No more rows than these are expected in the overlap. */
  readonly #most: number;
  #traffic: Traffic | undefined;

  /** @param hint see `toHint` */
  constructor(request: PageRequest, axis: Axis, largestPage: number, hint: string | undefined) {
    const isAtBeginning = request.after === undefined && axis.boundsOf(request.filter).min === undefined;
    this.#overlap = axis.lead + axis.skew;
    this.#share = isAtBeginning ? axis.skew / this.#overlap : 1;
    this.#request = request;
    this.#largestPage = largestPage;
    this.#traffic = readTraffic(hint)[0];
    this.#most = growth * this.size;
  }

  /** How many rows to ask for. */
  get size(): number {
    const [{ size, filter }, traffic] = [this.#request, this.#traffic];
    if (traffic === undefined) return (isFilteredHere(filter) ? blindPage : size + 1) + firstOverhead;
    const overhead = (this.#share * this.#overlap * traffic.rows) / traffic.length;
    // Calls come in bursts: a page in some needs more than the one before it.
    const margin = overhead + 3 + 2 * Math.sqrt(overhead);
    return Math.min(this.#largestPage, Math.ceil((size + 1) * perMatchOf(traffic) + margin));
  }

  /**
   * Learns from what has been read.
   *
   * @param pace see `Axis.paceOf`; 0 in a dense cluster, where pages have made no progress and are to be larger
   */
  learn(rows: number, matches: number, pace: number | undefined = this.#overlap): void {
    if (rows === 0) return;
    // No match counts as half a match, to keep the estimate finite.
    const length = rows * Math.max(pace, this.#overlap / this.#most);
    this.#traffic = { rows, matches: Math.max(matches, 0.5), length };
  }

  /** What the next page may guess by, in the form that the constructor reads. */
  toHint(): string | undefined {
    return this.#traffic && writeTraffic(this.#traffic);
  }
}

/** Whether the filter has a part that no provider applies to all of its rows. */
export function isFilteredHere({ statuses, direction, parentId, endReason }: PageRequest['filter']): boolean {
  return [statuses, direction, parentId, endReason].some((part) => part !== undefined);
}
