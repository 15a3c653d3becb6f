import { comparatorOf } from '../../../calls/order.ts';
import type { Page, PageRequest } from '../../../calls/page.ts';
import { beginningOf } from '../walk-state.ts';
import { ForwardReading } from './forward-reading.ts';
import type { ListReading, Told } from './list-reading.ts';
import { PageRows } from './page-rows.ts';
import { ReverseReading } from './reverse-reading.ts';
import type { TokenList } from './token-list.ts';
import type { UnstartedCalls } from './unstarted-calls.ts';

/** Reads the pages of one walk through a list, one after the other: what it has read beyond a page is kept. */
export class PageReader {
  readonly list: TokenList;
  readonly unstarted: UnstartedCalls;
  readonly #rows: PageRows;
  readonly #reading: ListReading;

  /** @param request for the first page */
  constructor(request: PageRequest, list: TokenList, unstarted: UnstartedCalls, told: Told) {
    this.list = list;
    this.unstarted = unstarted;
    this.#rows = new PageRows(request, list.axis);
    const Reading = list.axis.isForward(request.order) ? ForwardReading : ReverseReading;
    this.#reading = new Reading(request, list, unstarted, this.#rows, told);
  }

  /** How many rows and tokens it holds. */
  get held(): number {
    return this.#rows.count + this.#reading.held;
  }

  /** See `ListReading`, here and below. */
  get guess(): string | undefined {
    return this.#reading.guess;
  }

  get isSuited(): boolean {
    return this.#reading.isSuited;
  }

  get reached(): number {
    return this.#reading.watermark.reached;
  }

  /** Reads the page behind `request.after`, which is within the page before or where that one stopped. */
  async read(request: PageRequest): Promise<Page> {
    const { after, size, order } = request;
    const [rows, unstarted, { watermark }] = [this.#rows, this.unstarted, this.#reading];
    rows.begin(after);
    for (;;) {
      if (watermark.isAll && unstarted.isSought) await unstarted.find(rows);
      const calls = rows.known(watermark.createIsKnown(), size);
      const isCut = rows.count > calls.length;
      const isDone = watermark.isAll || (calls.length === size && isCut);
      if (isDone || this.list.isSpent) {
        unstarted.reportHidden(rows);
        const stopped = isDone ? undefined : this.#positionBehind(after, order);
        return { calls, more: isCut || !isDone, stopped, skipped: rows.skipped };
      }
      await this.#reading.readOn(request);
    }
  }

  /** Where the next page resumes if this one, which began behind `after`, has to stop here. */
  #positionBehind(after: PageRequest['after'], order: PageRequest['order']) {
    const begin = after ?? beginningOf(order);
    const known = this.list.axis.toPosition(this.reached);
    return known !== undefined && comparatorOf(order)(known, begin) > 0 ? known : begin;
  }
}
