import { setImmediate } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import type { Call } from '../call.ts';
import { isMatch } from '../filter.ts';
import { comparatorOf } from '../order.ts';
import type { Page, PageRequest } from '../page.ts';
import { cutAfter, insertCalls, isWithin } from './insert-calls.ts';

/** Milliseconds that a call placed here is remembered: longer than a provider takes to list it. */
const timeToLive = 10 * 60_000;
/** Per account. Even a busy dialler places fewer calls in that time. */
const maxCalls = 5_000;
const maxBytes = 16 * 1024 * 1024;
/** Bytes that a call takes besides the characters of its texts. */
const overhead = 1_024;
/** Calls of other processes that are added before other requests have their turn. */
const callsAtOnce = 100;
/** The most calls whose present state one page reads, each with a request of its own. */
const maxReads = 20;

/** Reads the calls that were placed since the last time, as far as they can be read. Never rejects. */
type ReadShared = () => Promise<readonly Call[]>;

/** Reads the present state of a call; null when the provider does not know it. */
type ReadCall = (providerCallId: string) => Promise<Call | null>;

/**
 * The calls of one account that were placed in the last ten minutes, by this process or by those that share its store,
 * and that the provider does not list yet. Bandwidth may answer 404 for minutes after a 201, and does not list a call that
 * waits in its queue. A client must find the call that it placed all the same. Evicting a call only makes it appear later.
 */
export class RecentCalls {
  /** By provider id. An update does not prolong the time that a call is remembered. */
  readonly #calls: LRUCache<string, Call>;
  readonly #readShared: ReadShared | undefined;

  /**
   * @param now milliseconds since the epoch
   * @param readShared absent if no other process places calls
   */
  constructor(now: () => number = Date.now, readShared?: ReadShared) {
    this.#readShared = readShared;
    this.#calls = new LRUCache({
      maxSize: maxBytes,
      // The least size bounds the number of calls. The option `max` would allocate 227 KB per account at once.
      sizeCalculation: (call) =>
        Math.max(Math.floor(maxBytes / maxCalls), 2 * JSON.stringify(call).length + overhead),
      ttl: timeToLive,
      ttlResolution: 0,
      noUpdateTTL: true,
      perf: { now },
    });
  }

  get isEmpty(): boolean {
    this.#calls.purgeStale();
    return this.#calls.size === 0;
  }

  /** Adds the calls that other processes have placed so far. Never rejects. */
  async catchUp(): Promise<void> {
    for (const [i, call] of ((await this.#readShared?.()) ?? []).entries()) {
      if (i % callsAtOnce === callsAtOnce - 1) await setImmediate();
      if (this.find(call.providerCallId) === null) this.#set(call);
    }
  }

  /** Adds a call that was just placed. */
  add(call: Call): void {
    this.#calls.delete(call.providerCallId);
    this.#set(call);
  }

  find(providerCallId: string): Call | null {
    return this.#calls.get(providerCallId) ?? null;
  }

  /** Updates a call with what the provider returned for it. Removes it once it has started: it is listed then. */
  update(call: Call): void {
    if (this.find(call.providerCallId) === null) return;
    if (call.startedAt ?? call.answeredAt) this.#calls.delete(call.providerCallId);
    else this.#set(call);
  }

  /** Keeps a copy: its texts would keep the whole response of the provider in memory. */
  #set({ account, ...rest }: Call): void {
    this.#calls.set(rest.providerCallId, { ...JSON.parse(JSON.stringify(rest)), account });
  }

  /**
   * Adds to a page the calls that belong there and that the provider does not list, in their present state.
   *
   * @param readCall when it rejects or resolves with null, the call is added as it is known
   */
  async complete(page: Page, request: PageRequest, readCall: ReadCall): Promise<Page> {
    if (this.isEmpty) return page;
    return this.#withoutKnown(await this.#withUnlisted(page, request, readCall));
  }

  /** Drops skipped rows whose call is known here, and so has a position. */
  #withoutKnown(page: Page): Page {
    const skipped = page.skipped?.filter(({ providerCallId }) => this.find(providerCallId) === null);
    return skipped === undefined ? page : { ...page, skipped };
  }

  async #withUnlisted(page: Page, request: PageRequest, readCall: ReadCall): Promise<Page> {
    // A call that has not started may be missing from other pages although this one lists it: they are read by time bounds, which hide it.
    for (const call of page.calls) this.update(call);
    const unlisted = this.#unlistedIn(page, request);
    const read = unlisted.slice(0, maxReads);
    const results = await Promise.allSettled(read.map(({ providerCallId }) => readCall(providerCallId)));
    // With a filter by state, calls that were not read cannot be judged, so the page ends before them.
    const isCut = unlisted.length > maxReads && isByState(request);
    // A call that started after the page was read is removed from here, but still missing from this page.
    const missing = (isCut ? read : unlisted)
      .map((call, i) => (results[i]?.status === 'fulfilled' ? (results[i].value ?? call) : call))
      .filter((call) => isMatch(call, request.filter) && isWithin(call, page, request));
    return insertCalls(missing, isCut ? cutAfter(read.at(-1), page, request) : page, request);
  }

  /** The calls that belong into the page by all but their state, in order. */
  #unlistedIn(page: Page, request: PageRequest): readonly Call[] {
    const listed = new Set(page.calls.map(({ providerCallId }) => providerCallId));
    const { statuses: _, endReason: __, ...stateless } = request.filter;
    return [...this.#calls.values()]
      .filter((call) => !listed.has(call.providerCallId))
      .filter((call) => isMatch(call, stateless) && isWithin(call, page, request))
      .sort(comparatorOf(request.order));
  }
}

/** Whether the filter depends on the state of a call, which changes. */
function isByState({ filter }: PageRequest): boolean {
  return filter.statuses !== undefined || filter.endReason !== undefined;
}
