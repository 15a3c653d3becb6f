import type { Call } from '../call.ts';
import { isMatch } from '../filter.ts';
import { comparatorOf, positionOf } from '../order.ts';
import type { Page, PageRequest } from '../page.ts';
import { CallMemory } from './call-memory.ts';

/** How long a provider may take to show a call that it has accepted, in milliseconds. */
const keptFor = 10 * 60_000;
/** What is remembered of one account at most: a dialler at its busiest places fewer calls in that time. */
const most = { calls: 5_000, bytes: 16 * 1024 * 1024 };
/** How many of them one page may ask about, besides what it costs itself. */
const mostAsked = 20;

/**
 * The calls of one account that this process has placed in the last ten minutes and that the provider
 * does not list yet. Bandwidth may answer 404 for minutes after a 201, and lists no call that waits in
 * its queue; whoever placed a call must find it all the same. That a call was forgotten, of too many, shows it
 * late and has no other effect.
 */
export class RecentCalls {
  readonly #calls: CallMemory;

  constructor(now: () => number = Date.now) {
    this.#calls = new CallMemory({ keptFor, ...most, now });
  }

  get isEmpty(): boolean {
    return this.#calls.size === 0;
  }

  /** Remembers a call just placed. */
  add(call: Call): void {
    this.#calls.delete(call.providerCallId);
    this.#calls.set(call);
  }

  find(providerCallId: string): Call | null {
    return this.#calls.get(providerCallId) ?? null;
  }

  /** Takes note of what the provider tells: a call that it knows and that has started is listed, too. */
  see(call: Call): void {
    if (this.find(call.providerCallId) === null) return;
    if (call.startedAt ?? call.answeredAt) this.#calls.delete(call.providerCallId);
    else this.#calls.set(call);
  }

  /**
   * Adds to a page the calls that belong there and that the provider does not list.
   *
   * @param reread asks for the present state of a call; what cannot be read is taken as remembered
   */
  async complete(
    page: Page,
    request: PageRequest,
    reread: (id: string) => Promise<Call | null>,
  ): Promise<Page> {
    if (this.isEmpty) return page;
    return this.#withoutRemembered(await this.#withUnlisted(page, request, reread));
  }

  /** A row that cannot be placed by what the provider tells of it can be by what is remembered. */
  #withoutRemembered(page: Page): Page {
    const skipped = page.skipped?.filter(({ providerCallId }) => this.find(providerCallId) === null);
    return skipped === undefined ? page : { ...page, skipped };
  }

  async #withUnlisted(
    page: Page,
    request: PageRequest,
    reread: (id: string) => Promise<Call | null>,
  ): Promise<Page> {
    // That a call which has not started is listed here does not mean that others list it: see `readNewestFirst`.
    for (const call of page.calls) this.see(call);
    const within = this.#unlistedWithin(page, request);
    const asked = within.slice(0, mostAsked);
    const present = await Promise.allSettled(asked.map(({ providerCallId }) => reread(providerCallId)));
    // Of those not asked about, nobody knows in which state they are by now.
    const isCut = within.length > mostAsked && isByState(request);
    // A call that has started since the page was read is listed from now on, but is missing from this page.
    const missing = (isCut ? asked : within)
      .map((call, i) => (present[i]?.status === 'fulfilled' ? (present[i].value ?? call) : call))
      .filter((call) => isMatch(call, request.filter) && isWithin(call, page, request));
    return insert(missing, isCut ? upTo(asked.at(-1), page, request) : page, request);
  }

  /** Those that the page ought to have, in order, whatever state they are in. */
  #unlistedWithin(page: Page, request: PageRequest): readonly Call[] {
    const listed = new Set(page.calls.map(({ providerCallId }) => providerCallId));
    const { statuses: _, endReason: __, ...lasting } = request.filter;
    return this.#calls
      .list()
      .filter((call) => !listed.has(call.providerCallId))
      .filter((call) => isMatch(call, lasting) && isWithin(call, page, request))
      .sort(comparatorOf(request.order));
  }
}

/** Whether the call stands behind the page's beginning and before its end. */
function isWithin(call: Call, page: Page, { order, after }: PageRequest): boolean {
  const compare = comparatorOf(order);
  const last = page.calls.at(-1);
  const end = page.stopped ?? (page.more && last ? positionOf(last) : undefined);
  return (
    (after === undefined || compare(positionOf(call), after) > 0) &&
    (end === undefined || compare(positionOf(call), end) < 0)
  );
}

/** Whether the list is of calls in some state, which changes. */
function isByState({ filter }: PageRequest): boolean {
  return filter.statuses !== undefined || filter.endReason !== undefined;
}

/** The page as far as this call, which is as far as it is known. */
function upTo(last: Call | undefined, page: Page, { order }: PageRequest): Page {
  if (last === undefined) return page;
  const compare = comparatorOf(order);
  const calls = page.calls.filter((call) => compare(call, last) <= 0);
  return { ...page, calls, more: true, stopped: positionOf(last) };
}

function insert(missing: readonly Call[], page: Page, { order, size }: PageRequest): Page {
  if (missing.length === 0) return page;
  const calls = [...page.calls, ...missing].sort(comparatorOf(order));
  if (calls.length <= size) return { ...page, calls };
  const { stopped: _, ...rest } = page;
  return { ...rest, calls: calls.slice(0, size), more: true };
}
