import type { PlacedCall } from '../placed-call.ts';
import type { Span } from './axis.ts';
import { LinkedPages } from './linked-pages.ts';
import type { ListRows, UnplacedRow } from './list-rows.ts';
import type { TokenList } from './token-list.ts';

/** A window of a list. */
export interface Window extends Span {
  /** How many rows a page of it is to have. */
  readonly size: number;
  /** The key where it ends: calls after it are wanted only as far as they started before. */
  readonly base: number;
  /** See `ReverseWatermark.isResumed`. */
  readonly isResumed: boolean;
}

/** A window that is being read, page by page, in the order of the source. */
export class WindowReading implements ListRows {
  readonly window: Window;
  readonly calls: PlacedCall[] = [];
  readonly unplaced: UnplacedRow[] = [];
  /** Whether every wanted row of the window has been read. */
  isWhole = false;
  /** Whether there are likely to be more rows than one more page has. */
  isTooLong = false;
  readonly #list: TokenList;
  readonly #pages: LinkedPages;

  constructor(list: TokenList, window: Window) {
    this.window = window;
    this.#list = list;
    this.#pages = new LinkedPages(list, window);
  }

  /** The key up to which it has been read, NaN without rows: see `Axis.reachOf`. */
  get reached(): number {
    return this.#list.axis.reachOf(this.calls);
  }

  /** See `Axis.paceOf`. */
  get pace(): number | undefined {
    return this.#list.axis.paceOf(this.calls);
  }

  async readOn(): Promise<void> {
    const { calls, unplaced, next } = await this.#pages.next();
    for (const call of calls) this.calls.push(call);
    for (const row of unplaced) this.unplaced.push(row);
    const { base, isResumed, size } = this.window;
    const { reached, pace } = this;
    this.isWhole = next === undefined || (isResumed && reached > base + this.#list.axis.skew);
    this.isTooLong = pace !== undefined && (base - reached) / pace > size;
  }
}
