import type { CallOrder } from '../../generated/schema.ts';
import type { CallsAdapter } from '../calls-adapter.ts';
import { isProviderError, mayRecover } from '../failure.ts';
import type { Operation } from '../operation.ts';
import { reverseOf } from '../order.ts';
import type { Connection, ListCursor, ListRequest, Unavailable } from './connection.ts';
import { type CompareListPositions, listComparatorOf, listPositionOf } from './list-order.ts';
import { ListQuestions } from './list-questions.ts';
import { type AccountPage, type MergedPage, mergePages } from './merge-pages.ts';
import { PageCursors } from './page-cursors.ts';
import { reportSkipped } from './report-skipped.ts';
import { type ResumePoint, toResumePoint } from './resume-point.ts';

/** Limits of `readList`, which reads one page of a list over several accounts. */
export interface ListLimits {
  /** The most requests that one page of a list may cost one account. */
  readonly requestsPerList: number;
}

/**
 * Reads one page of a list over any number of accounts, in parallel, and merges them in the total order (Relay
 * Cursor Connections, section 4: forward with first and after, backward with last and before; both cursors may be
 * given). An account that cannot be read is reported in `unavailable`, and the others are served. While one of them
 * may recover, there is a next page, and the cursors keep the position of each account.
 *
 * @throws Failure INVALID_INPUT when every account refuses the request
 */
export async function readList(
  adapters: readonly CallsAdapter[],
  request: ListRequest,
  operation: Operation,
  limits: ListLimits,
): Promise<Connection> {
  const reader = new ListReader(adapters, request, operation, limits);
  const { pages, unavailable } = await reader.readPages();
  return reader.toConnection(pages, unavailable);
}

class ListReader {
  readonly #adapters: readonly CallsAdapter[];
  readonly #request: ListRequest;
  readonly #operation: Operation;
  readonly #budget: number;
  /** The order in which accounts are read: that of the list, or its reverse when paging backward. */
  readonly #order: CallOrder;
  readonly #compare: CompareListPositions;
  readonly #questions: ListQuestions;

  constructor(
    adapters: readonly CallsAdapter[],
    request: ListRequest,
    operation: Operation,
    { requestsPerList }: ListLimits,
  ) {
    this.#adapters = adapters;
    this.#request = request;
    this.#operation = operation;
    this.#budget = requestsPerList;
    this.#order = request.direction === 'forward' ? request.order : reverseOf(request.order);
    this.#compare = listComparatorOf(this.#order);
    const { filter } = request;
    this.#questions = new ListQuestions({ adapters, filter, operation, budget: requestsPerList });
  }

  /** The cursor at which reading starts. */
  get #from(): ListCursor | undefined {
    return this.#request.direction === 'forward' ? this.#request.after : this.#request.before;
  }

  /** The cursor at which reading ends, if both were given. */
  get #until(): ListCursor | undefined {
    return this.#request.direction === 'forward' ? this.#request.before : this.#request.after;
  }

  async readPages(): Promise<{ pages: AccountPage[]; unavailable: Unavailable[] }> {
    const pages: AccountPage[] = [];
    const unavailable: Unavailable[] = [];
    const results = await Promise.allSettled(this.#adapters.map((adapter) => this.#readPage(adapter)));
    results.forEach((result, index) => {
      const { account } = this.#adapters[index] as CallsAdapter;
      if (result.status === 'fulfilled') pages.push({ accountKey: account.key, page: result.value });
      else if (isProviderError(result.reason)) unavailable.push({ account, failure: result.reason });
      else throw result.reason;
    });
    // A value that one provider refuses may be valid for another. If all refuse it, it is the caller's mistake.
    const [refused] = unavailable;
    const isRefused = unavailable.every(({ failure }) => failure.code === 'INVALID_INPUT');
    if (refused !== undefined && pages.length === 0 && isRefused) throw refused.failure;
    return { pages, unavailable };
  }

  #readPage(adapter: CallsAdapter) {
    const { filter, size } = this.#request;
    const order = this.#order;
    const resumePoint = this.#resumePointOf(adapter.account.key);
    // With `first: 0`, one call tells whether there are any.
    const request = { order, filter, ...resumePoint, size: Math.max(1, size), budget: this.#budget };
    return adapter.page(request, this.#operation);
  }

  #resumePointOf(accountKey: string): ResumePoint {
    return toResumePoint(this.#from, accountKey, this.#order, this.#request.direction);
  }

  toConnection(pages: readonly AccountPage[], unavailable: readonly Unavailable[]): Connection {
    const { direction, size } = this.#request;
    const order = this.#order;
    const merged = this.#cutAtUntil(mergePages(pages, this.#compare, size));
    const resumePoints = this.#adapters.map(
      ({ account }) => [account.key, this.#resumePointOf(account.key)] as const,
    );
    const from = this.#from;
    const { skipped, reported } = reportSkipped(pages, this.#request.accounts, from?.reported);
    const reading = { from, resumePoints, pages, merged, unavailable, order, direction, reported };
    const cursors = new PageCursors(reading);
    const { first, last } = cursors;
    const isIncomplete = unavailable.some(({ failure }) => mayRecover(failure));
    const hasMore = () => merged.more || isIncomplete || this.#questions.hasCallFrom(this.#until, order);
    const hasEarlier = () => this.#questions.hasCallFrom(from, reverseOf(order));
    const isForward = direction === 'forward';
    return {
      scope: this.#request,
      calls: isForward ? merged.calls : merged.calls.toReversed(),
      cursorOf: (call) => cursors.of(call),
      start: isForward ? first : last,
      end: isForward ? last : first,
      hasNextPage: isForward ? hasMore : hasEarlier,
      hasPreviousPage: isForward ? hasEarlier : hasMore,
      unavailable,
      skipped,
      count: () => this.#questions.count(),
    };
  }

  /** Drops the calls at or behind the second cursor, when both were given. */
  #cutAtUntil(merged: MergedPage): MergedPage {
    const until = this.#until?.position;
    if (until === undefined) return merged;
    const calls = merged.calls.filter((call) => this.#compare(listPositionOf(call), until) < 0);
    const isStoppedBefore = merged.stopped && this.#compare(merged.stopped, until) < 0;
    return isStoppedBefore ? merged : { calls, more: merged.more && calls.length === this.#request.size };
  }
}
