import { LRUCache } from 'lru-cache';
import type { CallStatus } from '../../generated/schema.ts';
import type { Call, Instant } from '../call.ts';
import type { Operation } from '../operation.ts';
import { positionOf } from '../order.ts';
import type { Page } from '../page.ts';
import { timeOf } from '../time-of.ts';
import type { AccountPollerOptions } from './account-poller-options.ts';
import type { LiveCalls } from './live-calls.ts';
import type { PollRecord } from './poll-lease.ts';

/** Calls of one page, pages of one poll, and requests that each may cost. */
const pageSize = 100;
const maxPages = 3;
const budget = 5;
/** Milliseconds before the newest call for which a call may appear late: an SBC lists a call once it has ended. */
const overlap = 60 * 60_000;
/** Live calls for which one more page is read: it costs fewer requests than to read them by id. */
const worthPage = 20;
/** Calls whose last listed state is remembered. */
const maxSeen = 2_000;

/** What a poll of the list has found. */
export interface Listed {
  readonly ids: ReadonlySet<string>;
  readonly hasMoved: boolean;
}

/**
 * Reads the newest calls of an account, down to those that are known. The first poll of a series tells of live calls
 * only; a call that a later one first sees ended is told as well, since it has begun and ended in between.
 */
export class ListPoll {
  readonly #options: AccountPollerOptions;
  readonly #live: LiveCalls;
  readonly #seen = new LRUCache<string, CallStatus>({ maxSize: maxSeen, sizeCalculation: () => 1 });
  #record: PollRecord | undefined;

  /** @param live for whose sake more of the list is read */
  constructor(options: AccountPollerOptions, live: LiveCalls) {
    this.#options = options;
    this.#live = live;
  }

  /** Begins a new series, unless another process has one that goes on. */
  reset(): void {
    this.#record = undefined;
    this.#seen.clear();
  }

  async poll(operation: Operation): Promise<Listed> {
    const { lease } = this.#options;
    const before = this.#record ?? (await lease?.read());
    const { calls, isAll } = await this.#readNewest(before, operation);
    // Told in the order in which they have begun.
    const changed = calls.toReversed().filter((call) => this.#seen.get(call.providerCallId) !== call.status);
    for (const call of changed) {
      const isNews = before !== undefined && (call.createdAt ?? '') >= before.oldest;
      await this.#options.events.observe({ call, source: 'POLL' }, isNews);
      this.#seen.set(call.providerCallId, call.status);
    }
    const times = calls.flatMap(({ createdAt }) => createdAt ?? []);
    const oldest = before?.oldest ?? (isAll ? '' : (times.at(-1) ?? ''));
    this.#record = { oldest, newest: latest(before?.newest ?? '', times[0] ?? '') };
    await lease?.save(this.#record);
    const hasMoved = before !== undefined && changed.length > 0;
    return { ids: new Set(calls.map(({ providerCallId }) => providerCallId)), hasMoved };
  }

  async #readNewest(record: PollRecord | undefined, operation: Operation) {
    const { adapter } = this.#options;
    const from = record?.newest ? timeOf(record.newest) - overlap : undefined;
    const filter: { createdAfter?: Instant } =
      from === undefined ? {} : { createdAfter: new Date(from).toISOString() };
    const calls: Call[] = [];
    let page: Page | undefined;
    for (let count = 0; count < maxPages; count += 1) {
      const last = calls.at(-1);
      const after = page?.stopped ?? (last && positionOf(last));
      const request = {
        order: 'NEWEST_FIRST',
        filter,
        size: pageSize,
        budget,
        after,
        hint: page?.hint,
      } as const;
      page = await adapter.page(request, operation);
      calls.push(...page.calls);
      const isKnown = page.calls.some(({ providerCallId }) => this.#seen.has(providerCallId));
      if (!page.more || record === undefined) break;
      const oldest = calls.at(-1)?.createdAt ?? '';
      if (isKnown && this.#live.countBetween(filter.createdAfter ?? '', oldest) <= worthPage) break;
    }
    return { calls, isAll: page?.more === false };
  }
}

function latest(one: Instant, other: Instant): Instant {
  return one > other ? one : other;
}
