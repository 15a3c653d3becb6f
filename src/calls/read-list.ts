import type { CallOrder } from '../generated/schema.ts';
import type { CallsAdapter } from './calls-adapter.ts';
import type { Connection, Edge, ListKey, ListRequest, Place, Unavailable } from './connection.ts';
import { Failure } from './failure.ts';
import { type CompareKeys, compareKeys, keyOf, type Merged, mergeShares, type Share } from './merge.ts';
import type { Operation } from './operation.ts';
import { comparatorOf } from './order.ts';
import type { Position } from './page.ts';
import { positionIn, type Resume, resumeOf } from './place.ts';

/** How many requests one account may cost one page of a list. */
export interface ListLimits {
  readonly requestsPerList: number;
}

/**
 * One page of a list over any number of accounts, read in parallel and merged in the total order
 * (Relay Cursor Connections, section 4: first/after forward, last/before backward; both cursors may be
 * there). With several accounts, one that fails stands in `unavailable` and the rest is served.
 *
 * @throws Failure when the one account asked for cannot be read
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
    this.#compare = this.#order === 'OLDEST_FIRST' ? compareKeys : (a, b) => compareKeys(b, a);
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
      else if (isPartial(page.reason, pages.length)) unavailable.push({ account, failure: page.reason });
      else throw page.reason;
    });
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
    const hints = hintsOf(shares);
    const placeAt = (key: ListKey): Place => ({ key, hints, apart: this.#apartFrom(key, unavailable) });
    const edges = merged.calls.map((call): Edge => {
      return { scope: this.#request, call, place: placeAt(keyOf(call)) };
    });
    const last = merged.stopped ? placeAt(merged.stopped) : edges.at(-1)?.place;
    const hasMore = () => merged.more || this.#isAnythingFrom(this.#until, this.#order);
    const hasEarlier = () => this.#isAnythingFrom(this.#from, reverseOf(this.#order));
    const isForward = direction === 'forward';
    if (!isForward) edges.reverse();
    return {
      scope: this.#request,
      edges,
      start: (isForward ? edges[0]?.place : last) ?? null,
      end: (isForward ? last : edges.at(-1)?.place) ?? null,
      hasNextPage: isForward ? hasMore : hasEarlier,
      hasPreviousPage: isForward ? hasEarlier : hasMore,
      unavailable,
      count: () => this.#count(),
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

  /** The accounts that do not go on behind `key`: those that failed, and those that are ahead of it. */
  #apartFrom(key: ListKey, unavailable: readonly Unavailable[]): Place['apart'] {
    const compare = comparatorOf(this.#order);
    const positions = this.#adapters.flatMap(({ account }): [string, Position | null][] => {
      const { after } = this.#resumeOf(account.key);
      const isAhead = after !== undefined && compare(after, positionIn(account.key, key, this.#order)) > 0;
      const isApart = isAhead || unavailable.some((each) => each.account === account);
      return isApart ? [[account.key, after ?? null]] : [];
    });
    if (positions.length === 0) return undefined;
    return { direction: this.#request.direction, positions: new Map(positions) };
  }

  /**
   * Whether a call stands at `place` or behind it in `order`: true when the list's very last call, which
   * is the first one read the other way round, does. Costs a request an account, so only when asked.
   */
  async #isAnythingFrom(place: Place | undefined, order: CallOrder): Promise<boolean> {
    if (place === undefined) return false;
    const request = { order: reverseOf(order), filter: this.#request.filter, size: 1 };
    const budget = this.#limits.requestsPerList;
    const compare: CompareKeys = order === 'OLDEST_FIRST' ? compareKeys : (a, b) => compareKeys(b, a);
    const found = await this.#askAll(async (adapter) => {
      const { calls, more } = await adapter.page({ ...request, budget }, this.#operation);
      const call = calls[0];
      return call === undefined ? more : compare(keyOf(call), place.key) >= 0;
    });
    return found.includes(true);
  }

  async #count(): Promise<number | null> {
    const { filter } = this.#request;
    const canCount = this.#adapters.every(({ account }) => account.capabilities.includes('COUNT_CALLS'));
    if (!canCount) return null;
    const counts = await this.#askAll((each) => each.count(filter, this.#operation));
    return counts.reduce<number | null>(
      (sum, count) => (sum === null || count === null ? null : sum + count),
      0,
    );
  }

  /** Every account at once; null of one that is unavailable, as for the page itself. */
  #askAll<Answer>(ask: (adapter: CallsAdapter) => Promise<Answer>): Promise<(Answer | null)[]> {
    return Promise.all(
      this.#adapters.map((adapter) =>
        ask(adapter).catch((reason: unknown) => {
          if (isPartial(reason, this.#adapters.length)) return null;
          throw reason;
        }),
      ),
    );
  }
}

/** What the accounts gave to make resuming cheap. */
function hintsOf(shares: readonly Share[]): Place['hints'] {
  const hints = shares.flatMap(({ accountKey, page }): [string, string][] =>
    page.hint === undefined ? [] : [[accountKey, page.hint]],
  );
  return hints.length > 0 ? new Map(hints) : undefined;
}

/** With several accounts one may fail alone; what the caller got wrong fails the whole list. */
function isPartial(reason: unknown, accounts: number): reason is Failure {
  return accounts > 1 && reason instanceof Failure && reason.code !== 'INVALID_INPUT';
}

function reverseOf(order: CallOrder): CallOrder {
  return order === 'OLDEST_FIRST' ? 'NEWEST_FIRST' : 'OLDEST_FIRST';
}
