import type { PageRequest } from '../../../calls/page.ts';
import type { Axis } from './axis.ts';

/** Rows to request when a filter is applied here and its match rate is unknown. */
export const blindPage = 2_000;
/** Rows besides those of the page where nothing is known of the list: five seconds of a call every 0.2 s. */
const firstOverhead = 24;
/** How much larger a page may be than the last one. */
const growth = 8;

/**
 * Estimates how many rows to request for a page of a list that is read in the order of the source. A wrong estimate
 * costs requests or rows; it loses no call.
 */
export class RowGuess {
  /** Rows read for each one that matches. */
  #perMatch: number | undefined;
  /** Rows that are read for the boundaries of a page: those near the boundary of two pages are read for both. */
  #overhead: number | undefined;
  /** How much of that the first page has: nothing is read before the beginning of the list. */
  readonly #overheadShare: number;
  readonly #axis: Axis;
  readonly #largestPage: number;
  readonly #request: PageRequest;

  /** @param hint see `toHint` */
  constructor(request: PageRequest, axis: Axis, largestPage: number, hint: string | undefined) {
    const [, perMatch, overhead] = /^f (\d{1,5}\.\d\d) (\d{1,5})/.exec(hint ?? '') ?? [];
    const isAtBeginning = request.after === undefined && axis.boundsOf(request.filter).min === undefined;
    this.#overheadShare = isAtBeginning ? axis.skew / (axis.lead + axis.skew) : 1;
    this.#axis = axis;
    this.#request = request;
    this.#largestPage = largestPage;
    this.#perMatch = perMatch === undefined ? undefined : Math.max(1, Number(perMatch));
    this.#overhead = overhead === undefined ? undefined : Number(overhead);
  }

  /** How many rows to ask for. */
  get size(): number {
    const { size, filter } = this.#request;
    const rows =
      this.#perMatch === undefined && isFilteredHere(filter) ? blindPage : (size + 1) * (this.#perMatch ?? 1);
    const overhead = this.#overhead && Math.ceil(this.#overhead * this.#overheadShare);
    // Calls come in bursts: a page in some needs more than the one before it.
    const margin = overhead === undefined ? firstOverhead : overhead + 3 + 2 * Math.sqrt(overhead);
    return Math.min(this.#largestPage, Math.ceil(rows + margin));
  }

  /** How many more rows are likely to be read until so many matching calls are known. */
  rowsFor(matches: number, pace: number | undefined): number {
    return matches * (this.#perMatch ?? 1) + (pace === undefined ? 0 : this.#axis.skew / pace);
  }

  /**
   * Learns from what has been read in pages of `asked` rows.
   *
   * @param pace see `Axis.paceOf`
   */
  learn({ rows, matches, asked }: Learned, pace: number | undefined): void {
    if (rows === 0) return;
    // No match counts as half a match, to keep the estimate finite.
    this.#perMatch = Math.min(99_999, Math.max(1, rows / Math.max(matches, 0.5)));
    const { lead, skew } = this.#axis;
    const overhead = pace === undefined ? 0 : (lead + skew) / pace;
    this.#overhead = Math.min(Math.ceil(overhead), growth * asked, this.#largestPage);
  }

  /** Pages of `asked` rows made no progress in a dense cluster: the next ones are to be larger. */
  grow(asked: number): void {
    this.#overhead = Math.min(this.#largestPage, growth * asked);
  }

  /** What the next page may guess by. */
  toHint(): string {
    return `f ${(this.#perMatch ?? 1).toFixed(2)} ${this.#overhead ?? firstOverhead}`;
  }
}

interface Learned {
  readonly rows: number;
  readonly matches: number;
  readonly asked: number;
}

/** Whether the filter has a part that no provider applies to all of its rows. */
export function isFilteredHere({ statuses, direction, parentId, endReason }: PageRequest['filter']): boolean {
  return [statuses, direction, parentId, endReason].some((part) => part !== undefined);
}
