import { type Compare, comparatorOf } from '../../../calls/order.ts';
import type { Page, PageRequest, SkippedRow } from '../../../calls/page.ts';
import type { PlacedCall } from '../placed-call.ts';
import type { ListOrder } from './list-order.ts';
import type { NumberSource } from './number-source.ts';
import type { ListRow, RowRange } from './row-range.ts';
import type { KeySpan } from './watermark.ts';

/** The rows of one page as they are found: calls that match, and rows that are skipped. */
export class PageRows {
  readonly #request: PageRequest;
  readonly #order: ListOrder;
  readonly #compare: Compare;
  readonly #isMatch: (call: PlacedCall) => boolean;
  readonly #mayMatch: (row: ListRow) => boolean;
  /** By id, so that a call that comes twice is on the page once. */
  readonly #calls = new Map<string, PlacedCall>();
  readonly #skipped: { readonly row: SkippedRow; readonly key: number }[] = [];

  constructor(request: PageRequest, order: ListOrder, { createMatcher }: NumberSource) {
    const { createdAfter: _, createdBefore: __, ...filter } = request.filter;
    const mayMatch = createMatcher(filter);
    this.#request = request;
    this.#order = order;
    this.#compare = comparatorOf(request.order);
    this.#isMatch = createMatcher(request.filter);
    // Of a row without a time, nobody can say that it was created too early or too late.
    this.#mayMatch = ({ call }) => call === undefined || mayMatch(call);
  }

  /** Adds the rows of an answer that belong to the times that it completes. */
  add({ rows, isFirst }: RowRange, { from, to }: KeySpan): void {
    const { after } = this.#request;
    const { start, end } = this.#order;
    const isWithin = (key: number): boolean => key >= from && key < to && key <= end;
    // Rows before all calls of the list. Only a walk's first page reports them: later, calls may stand before them.
    let isLeading = isFirst && !Number.isNaN(rows[0]?.key);
    const isBeginning = after === undefined && from === start;
    for (const row of rows) {
      const { key, call, reason } = row;
      if (reason === undefined) {
        isLeading = false;
        const isBehind = after === undefined || this.#compare(call, after) > 0;
        if (isBehind && isWithin(this.#order.keyOf(call.createdAt)) && this.#isMatch(call))
          this.#calls.set(call.providerCallId, call);
      } else if (this.#mayMatch(row)) {
        const isMet = isLeading ? isBeginning && key >= from : Number.isNaN(key) || isWithin(key);
        const skipped = { providerCallId: call?.providerCallId ?? '', reason };
        if (isMet) this.#skipped.push({ row: skipped, key: isLeading ? Number.NaN : key });
      }
    }
  }

  /** Whether a call has been found after those of the page. */
  get hasMore(): boolean {
    return this.#calls.size > this.#request.size;
  }

  /**
   * The calls in order, and the rows skipped before the last one, or all that were met where there is none after it.
   * The next page begins at the time of that call and reports those from there on.
   */
  toPage(): Pick<Page, 'calls' | 'skipped'> {
    const calls = [...this.#calls.values()].sort(this.#compare).slice(0, this.#request.size);
    const end = this.hasMore ? this.#order.keyOf(calls.at(-1)?.createdAt) : Number.POSITIVE_INFINITY;
    const skipped = this.#skipped.filter(({ key }) => !(key >= end)).map(({ row }) => row);
    return { calls, ...(skipped.length > 0 && { skipped }) };
  }
}
