import type { PageRequest } from '../../../calls/page.ts';
import { ForwardWatermark } from './forward-watermark.ts';
import { LinkedPages } from './linked-pages.ts';
import type { ListReading, Told } from './list-reading.ts';
import type { PageRows } from './page-rows.ts';
import { RowGuess } from './row-guess.ts';
import type { TokenList } from './token-list.ts';
import type { UnstartedCalls } from './unstarted-calls.ts';

/**
 * Reads a list in the order of the source, from the time of `after` on, token by token. `ForwardWatermark` decides
 * what is known, `RowGuess` how many rows to ask for.
 *
 * A list is read from its beginning without bounds, which shows calls that have not started where they stand. The
 * bound of a reading that begins later hides them: see `UnstartedCalls`.
 */
export class ForwardReading implements ListReading {
  readonly watermark: ForwardWatermark;
  readonly #list: TokenList;
  readonly #rows: PageRows;
  readonly #guess: RowGuess;
  readonly #request: PageRequest;
  #pages: LinkedPages;
  #size: number;
  /** What has been read. */
  #count = 0;
  #matches = 0;

  /** @param request for the first page */
  constructor(request: PageRequest, list: TokenList, _: UnstartedCalls, rows: PageRows, { guess }: Told) {
    this.#request = request;
    this.#list = list;
    this.#rows = rows;
    this.watermark = new ForwardWatermark(request, list.axis);
    this.#guess = new RowGuess(request, list.axis, list.largestPage, guess);
    this.#size = this.#guess.size;
    this.#pages = this.#open();
  }

  get held(): number {
    return this.#pages.count;
  }

  get guess(): string | undefined {
    return this.#guess.toHint();
  }

  /** The token is of pages of one size, which may turn out to be far too small, unless nothing is left to read. */
  get isSuited(): boolean {
    return this.watermark.isAll || this.#guess.size <= 3 * this.#size;
  }

  async readOn(request: PageRequest): Promise<void> {
    const { axis } = this.#list;
    // Nothing has been returned of what was read in pages too small, so it is read again in larger ones.
    if (request === this.#request && this.#count > this.#size && !this.isSuited) {
      this.#rows.begin(request.after);
      [this.#size, this.#count, this.#matches] = [this.#guess.size, 0, 0];
      this.#pages = this.#open();
    }
    const { calls, unplaced, next } = await this.#pages.next();
    this.#rows.add({ calls, unplaced });
    this.watermark.pass(axis.reachOf(calls), next === undefined);
    this.#count += calls.length;
    this.#matches += this.#rows.countMatches(calls);
    const { isStill } = this.watermark;
    this.#guess.learn(this.#count, this.#matches, isStill ? 0 : axis.paceOf(calls));
  }

  #open(): LinkedPages {
    return new LinkedPages(this.#list, { ...this.watermark.span, size: this.#size });
  }
}
