import type { CallOrder } from '../../generated/schema.ts';
import type { Call } from '../call.ts';
import type { CallsAdapter } from '../calls-adapter.ts';
import { isPartial, mayRecover } from '../failure.ts';
import type { Operation } from '../operation.ts';
import { reverseOf } from '../order.ts';
import type { Connection, ListRequest, Place, Unavailable } from './connection.ts';
import { ListQuestions } from './list-questions.ts';
import { type CompareKeys, compareKeysIn, keyOf, type Merged, mergeShares, type Share } from './merge.ts';
import { type Resume, resumeOf } from './position.ts';
import { Places } from './positions.ts';
import { tellSkipped } from './skipped.ts';

/** How many requests one account may cost one page of a list. */
export interface ListLimits {
  readonly requestsPerList: number;
}

/**
 * One page of a list over any number of accounts, read in parallel and merged in the total order
 * (Relay Cursor Connections, section 4: first/after forward, last/before backward; both cursors may be
 * there). An account that cannot be read stands in `unavailable`, and the rest is served. While there is one that
 * may recover, the list goes on: the page's cursors keep the place where each account is to be read from.
 *
 * @throws Failure when all accounts refuse what the caller gave
 */
export async function readList(
  adapters: readonly CallsAdapter[],
  request: ListRequest,
  operation: Operation,
  limits: ListLimits,
): Promise<Connection> {
  const reading = new Reading(adapters, request, operation, limits);
  const { shares, unavailable } = await reading.readShares();
  return reading.toConnection(shares, unavailable);
}

class Reading {
  readonly #adapters: readonly CallsAdapter[];
  readonly #request: ListRequest;
  readonly #operation: Operation;
  readonly #limits: ListLimits;
  /** The order in which accounts are read: the list's own, or its reverse when paging backward. */
  readonly #order: CallOrder;
  readonly #compare: CompareKeys;
  readonly #questions: ListQuestions;

  constructor(
    adapters: readonly CallsAdapter[],
    request: ListRequest,
    operation: Operation,
    limits: ListLimits,
  ) {
    this.#adapters = adapters;
    this.#request = request;
    this.#operation = operation;
    this.#limits = limits;
    this.#order = request.direction === 'forward' ? request.order : reverseOf(request.order);
    this.#compare = compareKeysIn(this.#order);
    const { filter } = request;
    this.#questions = new ListQuestions({ adapters, filter, operation, budget: limits.requestsPerList });
  }

  get #from(): Place | undefined {
    return this.#request.direction === 'forward' ? this.#request.after : this.#request.before;
  }

  get #until(): Place | undefined {
    return this.#request.direction === 'forward' ? this.#request.before : this.#request.after;
  }

  async readShares(): Promise<{ shares: Share[]; unavailable: Unavailable[] }> {
    const shares: Share[] = [];
    const unavailable: Unavailable[] = [];
    const pages = await Promise.allSettled(this.#adapters.map((adapter) => this.#readShare(adapter)));
    pages.forEach((page, index) => {
      const { account } = this.#adapters[index] as CallsAdapter;
      if (page.status === 'fulfilled') shares.push({ accountKey: account.key, page: page.value });
      else if (isPartial(page.reason)) unavailable.push({ account, failure: page.reason });
      else throw page.reason;
    });
    // What one provider refuses may be good at another; what all of them refuse is the caller's mistake.
    const [refused] = unavailable;
    const isMistaken = unavailable.every(({ failure }) => failure.code === 'INVALID_INPUT');
    if (refused !== undefined && shares.length === 0 && isMistaken) throw refused.failure;
    return { shares, unavailable };
  }

  #readShare(adapter: CallsAdapter) {
    const { filter, size } = this.#request;
    const order = this.#order;
    const resume = this.#resumeOf(adapter.account.key);
    const budget = this.#limits.requestsPerList;
    // Of none at all is only asked whether there are any.
    return adapter.page({ order, filter, ...resume, size: Math.max(1, size), budget }, this.#operation);
  }

  #resumeOf(accountKey: string): Resume {
    return resumeOf(this.#from, accountKey, this.#order, this.#request.direction);
  }

  toConnection(shares: readonly Share[], unavailable: readonly Unavailable[]): Connection {
    const { direction, size } = this.#request;
    const merged = this.#cutAtUntil(mergeShares(shares, this.#compare, size));
    const resumes = this.#adapters.map(({ account }) => [account.key, this.#resumeOf(account.key)] as const);
    const { skipped, marks } = tellSkipped(shares, this.#request.accounts, this.#from?.told);
    const places = new Places({ resumes, shares, unavailable, order: this.#order, direction, told: marks });
    const placeOf = (call: Call): Place => places.at(keyOf(call));
    const [first, last] = [merged.calls[0], merged.calls.at(-1)];
    const begin = first ? placeOf(first) : null;
    // Where nothing was found, an unavailable account is caught up with from where this page began.
    const stay = unavailable.length > 0 ? places.staying(this.#from) : null;
    const isMissing = unavailable.some(({ failure }) => mayRecover(failure));
    const stop = merged.stopped ? places.at(merged.stopped) : last ? placeOf(last) : stay;
    const hasMore = () =>
      merged.more || isMissing || this.#questions.isAnythingFrom(this.#until, this.#order);
    const hasEarlier = () => this.#questions.isAnythingFrom(this.#from, reverseOf(this.#order));
    const isForward = direction === 'forward';
    return {
      scope: this.#request,
      calls: isForward ? merged.calls : merged.calls.toReversed(),
      placeOf,
      start: isForward ? begin : stop,
      end: isForward ? stop : begin,
      hasNextPage: isForward ? hasMore : hasEarlier,
      hasPreviousPage: isForward ? hasEarlier : hasMore,
      unavailable,
      skipped,
      count: () => this.#questions.count(),
    };
  }

  /** Drops what stands at or behind the other cursor, when both were given. */
  #cutAtUntil(merged: Merged): Merged {
    const until = this.#until?.key;
    if (until === undefined) return merged;
    const calls = merged.calls.filter((call) => this.#compare(keyOf(call), until) < 0);
    const isStoppedBefore = merged.stopped && this.#compare(merged.stopped, until) < 0;
    return isStoppedBefore ? merged : { calls, more: merged.more && calls.length === this.#request.size };
  }
}
