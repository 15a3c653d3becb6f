import { comparatorOf } from '../../../calls/order.ts';
import type { PageRequest, SkippedRow } from '../../../calls/page.ts';
import type { PlacedCall } from '../placed-call.ts';
import type { ListOrder } from './list-order.ts';
import type { NumberSource } from './number-source.ts';
import type { ListRow, RowRange } from './row-range.ts';
import type { KeySpan } from './watermark.ts';

/** The rows of one page as they are found: calls that match, in order, and rows that are skipped. */
export class PageRows {
  readonly #request: PageRequest;
  readonly #order: ListOrder;
  readonly #isMatch: (call: PlacedCall) => boolean;
  readonly #mayMatch: (row: ListRow) => boolean;
  readonly #calls: PlacedCall[] = [];
  readonly #ids = new Set<string>();
  readonly #skipped: { readonly row: SkippedRow; readonly key: number }[] = [];

  constructor(request: PageRequest, order: ListOrder, { createMatcher }: NumberSource) {
    const { createdAfter: _, createdBefore: __, ...filter } = request.filter;
    const mayMatch = createMatcher(filter);
    this.#request = request;
    this.#order = order;
    this.#isMatch = createMatcher(request.filter);
    // Of a row without a time, nobody can say that it was created too early or too late.
    this.#mayMatch = ({ call }) => call === undefined || mayMatch(call);
  }

  /** Adds the rows of an answer that belong to the times that it completes. A call that comes twice is added once. */
  add({ rows, isFirst }: RowRange, { from, to }: KeySpan): void {
    const { after, order } = this.#request;
    const { start, end } = this.#order.boundsOf(this.#request);
    const compare = comparatorOf(order);
    const isWithin = (key: number): boolean => key >= from && key < to && key <= end;
    const calls: PlacedCall[] = [];
    // Rows before all calls of the list. Only a walk's first page reports them: later, calls may stand before them.
    let isLeading = isFirst && !Number.isNaN(rows[0]?.key);
    for (const row of rows) {
      const { key, call, reason } = row;
      if (reason === undefined) {
        isLeading = false;
        const isBehind = after === undefined || compare(call, after) > 0;
        const isNew = !this.#ids.has(call.providerCallId);
        if (isNew && isBehind && isWithin(this.#order.keyOf(call.createdAt)) && this.#isMatch(call)) {
          this.#ids.add(call.providerCallId);
          calls.push(call);
        }
      } else if (this.#mayMatch(row)) {
        const isBeginning = after === undefined && from === start && key >= from;
        const isMet = isLeading ? isBeginning : Number.isNaN(key) || isWithin(key);
        const skipped = { providerCallId: call?.providerCallId ?? '', reason };
        if (isMet) this.#skipped.push({ row: skipped, key: isLeading ? Number.NaN : key });
      }
    }
    this.#calls.push(...calls.sort(compare));
  }

  get calls(): readonly PlacedCall[] {
    return this.#calls.slice(0, this.#request.size);
  }

  /** Whether a call has been found after those of the page. */
  get hasMore(): boolean {
    return this.#calls.length > this.#request.size;
  }

  /**
   * The rows skipped before the last call of the page, or all that were met where there is none after it. The next
   * page begins at the time of that call and reports those from there on.
   */
  get skipped(): readonly SkippedRow[] {
    const last = this.hasMore ? this.#calls[this.#request.size - 1]?.createdAt : undefined;
    const end = last === undefined ? Number.POSITIVE_INFINITY : this.#order.keyOf(last);
    return this.#skipped.filter(({ key }) => !(key >= end)).map(({ row }) => row);
  }
}
