import { isMatch } from '../../calls/filter.ts';
import { comparatorOf } from '../../calls/order.ts';
import type { PageRequest, Position, SkippedRow } from '../../calls/page.ts';
import type { ListRows, PlacedCall, UnplacedRow } from './list-rows.ts';
import { toBound } from './to-instant.ts';
import { skew } from './windows.ts';

const passedReason =
  'It has not started, so it is listed by no time, and its place in this list had been passed when it was found.';

/**
 * What a page is made of, as far as it has been come across: the calls that match and stand behind `after`, each
 * once, and of them only as many as can be on the page, and one more that tells whether it goes on; and the rows
 * that are left out, each with the reason.
 */
export class Harvest {
  readonly #request: PageRequest;
  readonly #compare: (a: Position, b: Position) => number;
  readonly #isPassed: (row: UnplacedRow) => boolean;
  readonly #skipped: SkippedRow[] = [];
  #calls: readonly PlacedCall[] = [];
  #lastUnstarted: PlacedCall | undefined;

  constructor(request: PageRequest) {
    this.#request = request;
    this.#compare = comparatorOf(request.order);
    this.#isPassed = passingOf(request);
  }

  /** Rows of a list of which the pages before this one have read what stands before `after`. */
  add({ calls, unplaced }: ListRows): void {
    this.#keep(calls);
    for (const row of unplaced) if (!this.#isPassed(row)) this.#skip(row);
  }

  /** Rows of a list that no page before this one has read, nor one that had those calls in it that have not started. */
  addUnread({ calls, unplaced }: ListRows): void {
    this.#keep(calls);
    for (const row of unplaced) this.#skip(row);
    for (const call of calls) if (call.startedAt === null) this.#addUnstarted(call);
  }

  /** Tells of calls that nobody knows the ids of. */
  skip(reason: string): void {
    this.#skip({ providerCallId: '', reason });
  }

  /** At most one more than the page takes. */
  inOrder(): readonly PlacedCall[] {
    return this.#calls;
  }

  get skipped(): readonly SkippedRow[] {
    return this.#skipped;
  }

  /** Of the calls that have not started, the last one in the order that may be on the page or behind it. */
  get lastUnstarted(): PlacedCall | undefined {
    return this.#lastUnstarted;
  }

  #keep(calls: readonly PlacedCall[]): void {
    const { filter, size } = this.#request;
    const kept = new Map(this.#calls.map((call) => [call.providerCallId, call]));
    for (const call of calls) {
      if (isMatch(call, filter) && this.#isBehind(call)) kept.set(call.providerCallId, call);
    }
    this.#calls = [...kept.values()].sort(this.#compare).slice(0, size + 1);
  }

  #skip({ providerCallId, reason }: SkippedRow): void {
    this.#skipped.push({ providerCallId, reason });
  }

  #addUnstarted(call: PlacedCall): void {
    if (!isMatch(call, this.#request.filter)) return;
    const last = this.#lastUnstarted;
    if (!this.#isBehind(call)) {
      this.#skip({ providerCallId: call.providerCallId, reason: passedReason });
    } else if (last === undefined || this.#compare(call, last) > 0) this.#lastUnstarted = call;
  }

  #isBehind(call: PlacedCall): boolean {
    const { after } = this.#request;
    return after === undefined || this.#compare(call, after) > 0;
  }
}

/** Tells of a row whether it stands before `after` for certain, so that a page before this one has met it. */
function passingOf({ order, after }: PageRequest): (row: UnplacedRow) => boolean {
  if (typeof after?.createdAt !== 'string') return () => false;
  const time = Date.parse(after.createdAt);
  const bound = toBound(order === 'OLDEST_FIRST' ? time - 2 * skew : time + 2 * skew);
  return order === 'OLDEST_FIRST'
    ? ({ next }) => next !== undefined && next < bound
    : ({ previous }) => previous !== undefined && previous > bound;
}
