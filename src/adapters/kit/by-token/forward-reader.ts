import { isMatch } from '../../../calls/filter.ts';
import type { Page, PageRequest } from '../../../calls/page.ts';
import { beginningOf } from '../walk-state.ts';
import { ForwardWatermark } from './forward-watermark.ts';
import { LinkedPages } from './linked-pages.ts';
import type { PageReader } from './page-reader.ts';
import { PageRows } from './page-rows.ts';
import { RowGuess } from './row-guess.ts';
import type { TokenList } from './token-list.ts';
import type { UnstartedCalls } from './unstarted-calls.ts';

/**
 * Reads pages in the order of the source, from the time of `after` on, token by token. `ForwardWatermark` decides
 * what is known, `RowGuess` how many rows to ask for.
 *
 * A list is read from its beginning without bounds, which shows calls that have not started where they stand. The
 * bound of a reader that begins later hides them: see `UnstartedCalls`.
 */
export class ForwardReader implements PageReader {
  readonly list: TokenList;
  readonly unstarted: UnstartedCalls;
  readonly #rows: PageRows;
  readonly #watermark: ForwardWatermark;
  readonly #guess: RowGuess;
  readonly #pages: LinkedPages;
  readonly #size: number;
  readonly #filter: PageRequest['filter'];
  /** Rows and matches behind the start. */
  readonly #read = { rows: 0, matches: 0 };
  #pace: number | undefined;
  #after: PageRequest['after'];

  /**
   * @param request for the first page
   * @param guess see `PageReader.guess`
   */
  constructor(request: PageRequest, list: TokenList, unstarted: UnstartedCalls, guess: string | undefined) {
    this.list = list;
    this.#filter = request.filter;
    this.#rows = new PageRows(request, list.axis);
    this.#watermark = new ForwardWatermark(request, list.axis);
    this.#guess = new RowGuess(request, list.axis, list.largestPage, guess);
    this.#size = this.#guess.size;
    this.unstarted = unstarted;
    this.#pages = new LinkedPages(list, { ...this.#watermark.span, size: this.#size });
  }

  get held(): number {
    return this.#rows.count + this.#pages.count;
  }

  get guess(): string {
    return this.#guess.toHint();
  }

  get hint(): string {
    return this.#hintAt(this.#after?.createdAt ?? undefined);
  }

  async read({ after, size, order }: PageRequest): Promise<Page | undefined> {
    const [rows, watermark, unstarted] = [this.#rows, this.#watermark, this.unstarted];
    this.#after = after;
    rows.begin(after);
    for (;;) {
      if (watermark.isAll && unstarted.isSought) await unstarted.find(rows);
      const calls = rows.known(watermark.createIsKnown(), size);
      const isFull = calls.length === size && rows.count > size;
      if (watermark.isAll || isFull) return this.#toPage({ calls, more: rows.count > calls.length });
      if (this.list.isSpent) {
        const stopped = watermark.positionBehind(after);
        if (stopped === undefined) this.#guess.grow(this.#size);
        return this.#toPage({ calls, more: true, stopped: stopped ?? after ?? beginningOf(order) });
      }
      if (this.#isUnsuited(size, calls.length)) return undefined;
      await this.#readOn();
    }
  }

  async #readOn(): Promise<void> {
    const { axis } = this.list;
    const chunk = await this.#pages.next();
    this.#rows.add(chunk);
    this.#watermark.pass(axis.reachOf(chunk.calls), chunk.next === undefined);
    this.#pace = axis.paceOf(chunk.calls);
    this.#read.rows += chunk.calls.length;
    this.#read.matches += chunk.calls.filter((call) => isMatch(call, this.#filter)).length;
    this.#guess.learn({ ...this.#read, asked: this.#size }, this.#pace);
  }

  /** Whether a page of this reader has far fewer rows than are needed, or far more. */
  #isUnsuited(size: number, found: number): boolean {
    if (this.#read.rows === 0) return false;
    const isLarge = this.#size > 500 && 4 * this.#guess.size < this.#size;
    const unknown = this.#rows.count - found;
    const missing = this.#guess.rowsFor(size - found, this.#pace) - unknown;
    return isLarge || (missing > 3 * this.#size && this.#guess.size > this.#size);
  }

  #toPage(page: Omit<Page, 'skipped' | 'hint'>): Page {
    const last = page.calls.at(-1)?.createdAt;
    this.unstarted.reportHidden(this.#rows);
    return { ...page, hint: this.#hintAt(last), skipped: this.#rows.skipped };
  }

  /** @param last the time of the last call that the walk has returned */
  #hintAt(last: string | null | undefined): string {
    const { reached } = this.#watermark;
    const key = typeof last === 'string' ? this.list.axis.keyOf(last) : Number.POSITIVE_INFINITY;
    return this.guess + this.unstarted.writeSeen(Math.min(reached, key));
  }
}
