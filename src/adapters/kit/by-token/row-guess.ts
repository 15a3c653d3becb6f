import { isMatch } from '../../../calls/filter.ts';
import type { PageRequest } from '../../../calls/page.ts';
import type { PlacedCall } from '../placed-call.ts';

/** Rows to request when a filter is applied here and its match rate is unknown. */
const blindPage = 2_000;
/** Rows besides those of the page where nothing is known of the list. */
const firstOverhead = 6;

/**
 * Estimates how many rows to request for a page of a list that is read in the order of the source. A wrong estimate
 * costs requests or rows; it loses no call.
 */
export class RowGuess {
  /** Rows read for each one that matches. */
  #perMatch: number | undefined;
  /** Additional rows read per page: rows near the boundary of two pages are read for both. */
  #overhead: number;
  readonly #largestPage: number;
  readonly #request: PageRequest;

  constructor(request: PageRequest, largestPage: number) {
    const [, perMatch, overhead] = /^f (\d{1,5}\.\d\d) (\d{1,5})/.exec(request.hint ?? '') ?? [];
    this.#request = request;
    this.#largestPage = largestPage;
    this.#perMatch = perMatch === undefined ? undefined : Math.max(1, Number(perMatch));
    this.#overhead = overhead === undefined ? firstOverhead : Number(overhead);
  }

  /** How many rows to ask for. */
  get size(): number {
    const { size, filter } = this.#request;
    const { statuses, direction, parentId, endReason } = filter;
    const isFiltered = [statuses, direction, parentId, endReason].some((part) => part !== undefined);
    const rows = this.#perMatch === undefined && isFiltered ? blindPage : (size + 1) * (this.#perMatch ?? 1);
    // Calls come in bursts: a page in some needs more than the one before it.
    const margin = 3 + 1.5 * Math.sqrt(this.#overhead);
    return Math.min(this.#largestPage, Math.ceil(rows + this.#overhead + margin));
  }

  /**
   * Learns from what was read for a page.
   *
   * @param calls all of them
   * @param settled the known calls after `after`
   */
  learn(calls: readonly PlacedCall[], settled: readonly PlacedCall[]): void {
    if (settled.length === 0) return;
    const matches = settled.filter((call) => isMatch(call, this.#request.filter)).length;
    // No match counts as half a match, to keep the estimate finite.
    this.#perMatch = Math.min(99_999, settled.length / Math.max(matches, 0.5));
    this.#overhead = Math.max(calls.length - settled.length, Math.floor(this.#overhead * 0.9), 2);
  }

  /** The page made no progress because of a dense cluster: the next one is to be larger. */
  grow(): void {
    this.#overhead = Math.min(this.#largestPage, 8 * this.size);
  }

  /** What the next page may guess by. */
  toHint(): string {
    return `f ${(this.#perMatch ?? 1).toFixed(2)} ${this.#overhead}`;
  }
}
