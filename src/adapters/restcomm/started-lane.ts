import { timeOf } from '../../calls/time-of.ts';
import type { Hint } from '../kit/by-number/hint.ts';
import type { KeyOf } from '../kit/by-number/list-row.ts';
import { coveringPage, type Lane, type Sign } from '../kit/by-number/number-source.ts';
import type { Asking, Query } from '../kit/by-number/request-budget.ts';
import { mirrored, type OrderOptions, type Stretch, toStretch } from '../kit/by-number/row-range.ts';
import type { CallList } from './call-list.ts';
import type { Dialect } from './dialect.ts';

/**
 * No call rings longer than this, in milliseconds: start_time is set when the call is created, and again
 * when it rings (SBC) or is answered (Connect).
 */
const RINGS_AT_MOST = 30 * 60_000;

/** How a list by start_time is read; `base` is how many rows it had by an earlier page. */
export interface StartedOptions {
  readonly sign: Sign;
  readonly isLoose: boolean;
  readonly base: number | undefined;
}

/** Rows whose order has not been looked at. */
type Unchecked = Omit<Stretch, 'keys'>;

/**
 * The list by start_time, ascending: what Connect sorted by before SortBy, and what SBC sorts by once
 * EndTime is given, be it the end of time (every row of SBC has an end_time). A call starts when it is
 * created or soon after, never before; hence the slack on the newer side. Newest first, it is read from
 * its end.
 */
export class StartedLane implements Lane {
  readonly slackBefore: number;
  readonly slackBehind: number;
  /** Counted from the end, rows keep their numbers too: the end is taken to stay where it was. */
  readonly growsInFront = false;
  readonly #list: CallList;
  readonly #isAsked: boolean;
  readonly #query: Query;
  readonly #sign: Sign;
  readonly #order: OrderOptions;
  #hasSorted = false;
  /** How many rows are taken to stand there, so that those counted from the end keep their numbers. */
  #base: number | undefined;
  /** How many there are by the last answer, and by the hint that was given. */
  #known: number | undefined;
  readonly #given: number | undefined;
  /** Whether what was given led to where there is nothing. */
  #isAstray = false;

  constructor(list: CallList, query: Query, dialect: Dialect, { sign, isLoose, base }: StartedOptions) {
    this.#list = list;
    this.#isAsked = dialect.name === 'sbc';
    this.#query = this.#isAsked ? { ...query, EndTime: '2999-12-31' } : query;
    this.#sign = sign;
    // NaN for a row without start, which is in no order.
    const keyOf: KeyOf = ({ startedAt, answeredAt }) => sign * timeOf(startedAt ?? answeredAt ?? '');
    this.#order = { keyOf, isLoose };
    this.#base = base;
    this.#known = base;
    this.#given = base;
    this.slackBefore = sign === 1 ? 0 : RINGS_AT_MOST;
    this.slackBehind = sign === 1 ? RINGS_AT_MOST : 0;
  }

  /** For counting from the end, when nothing else has been learnt; undefined when that has not either. */
  get counted(): Hint | undefined {
    const isNews = this.#isAstray || this.#known !== this.#given;
    return isNews ? { total: this.#known ?? 0, marks: [], extra: 0 } : undefined;
  }

  async read(offset: number, count: number, asking: Asking): Promise<Stretch | undefined> {
    const rows = await (this.#sign === 1
      ? this.#forward(Math.max(0, offset), count, asking)
      : this.#backward(offset, count, asking));
    if (rows === undefined) return undefined;
    const stretch = toStretch(rows, this.#order);
    this.#hasSorted = this.#isAsked;
    return stretch;
  }

  /** That EndTime is answered at all shows that it works. */
  get hasSorted(): boolean {
    return this.#hasSorted;
  }

  async #forward(from: number, count: number, asking: Asking): Promise<Unchecked | undefined> {
    const { page, size } = coveringPage(from, from + count);
    const slice = await this.#list.read(this.#query, page, size, asking);
    return slice && { ...slice, isFirst: slice.offset === 0 };
  }

  async #backward(offset: number, count: number, asking: Asking): Promise<Unchecked | undefined> {
    const base = this.#base;
    if (base === undefined) return this.#fromEnd(count, asking);
    const from = Math.max(0, base - offset - count);
    // More may have come in at the end, and in XML the number of rows is known to within a page.
    const to = Math.max(base - offset, from + count) + (offset <= 0 ? 2 * count : 0);
    const { page, size } = coveringPage(from, to);
    const slice = await this.#list.read(this.#query, page, size, asking);
    if (slice === undefined) return undefined;
    this.#known = slice.total;
    if (slice.rows.length > 0 || from === 0) return mirrored(slice, base);
    // Nothing there: the list is not as long as it was thought to be.
    this.#isAstray = true;
    this.#known = undefined;
    return this.#fromEnd(count, asking);
  }

  /** The last rows, whose number has to be learnt first; over again when it turns out to be another list's. */
  async #fromEnd(count: number, asking: Asking): Promise<Unchecked | undefined> {
    for (;;) {
      const first = await this.#list.read(this.#query, 0, count, asking);
      if (first === undefined) return undefined;
      this.#base = first.total;
      this.#known = first.total;
      if (first.isLast) return mirrored(first, first.total);
      const from = Math.max(0, first.total - count);
      const { page, size } = coveringPage(from, first.total + 2 * count);
      const slice = await this.#list.read(this.#query, page, size, asking);
      if (slice === undefined || slice.rows.length > 0) return slice && mirrored(slice, first.total);
    }
  }
}
