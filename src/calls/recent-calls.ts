import type { Call } from './call.ts';
import { isMatch } from './filter.ts';
import { comparatorOf, positionOf } from './order.ts';
import type { Page, PageRequest } from './page.ts';

/** How long a provider may take to show a call that it has accepted, in milliseconds. */
const keptFor = 10 * 60_000;
/** The most calls remembered for one account: a dialler at its busiest places fewer in that time. */
const mostKept = 5_000;
/** How many of them one page may ask about. */
const mostAsked = 20;

/**
 * The calls of one account that this process has placed in the last ten minutes and that the provider
 * does not list yet. Bandwidth may answer 404 for minutes after a 201, and lists no call that waits in
 * its queue; whoever placed a call must find it all the same.
 */
export class RecentCalls {
  readonly #calls = new Map<string, { call: Call; until: number }>();
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  get isEmpty(): boolean {
    return this.#calls.size === 0;
  }

  /** Remembers a call just placed. */
  add(call: Call): void {
    this.#forgetOld();
    this.#calls.set(call.providerCallId, { call, until: this.#now() + keptFor });
  }

  find(providerCallId: string): Call | null {
    const recent = this.#calls.get(providerCallId);
    return recent !== undefined && recent.until > this.#now() ? recent.call : null;
  }

  /** Takes note of what the provider tells: a call that it knows and that has started is listed, too. */
  see(call: Call): void {
    const recent = this.#calls.get(call.providerCallId);
    if (recent === undefined) return;
    if (call.startedAt ?? call.answeredAt) this.#calls.delete(call.providerCallId);
    else recent.call = call;
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
    // That a call which has not started is listed here does not mean that others list it: see `readNewestFirst`.
    for (const call of page.calls) this.see(call);
    const listed = new Set(page.calls.map(({ providerCallId }) => providerCallId));
    const ids = [...this.#calls.keys()].filter((id) => !listed.has(id));
    const recent = ids.reverse().flatMap((id) => this.find(id) ?? []);
    const within = recent.filter((call) => isWithin(call, page, request));
    const asked = within.slice(0, mostAsked).map(({ providerCallId }) => reread(providerCallId));
    const present = await Promise.allSettled(asked);
    // A call that has started since the page was read is listed from now on, but is missing from this page.
    const missing = within
      .map((call, i) => (present[i]?.status === 'fulfilled' ? (present[i].value ?? call) : call))
      .filter((call) => isMatch(call, request.filter) && isWithin(call, page, request));
    return missing.length === 0 ? page : insert(missing, page, request);
  }

  /** Oldest first, which is the order in which they were added. */
  #forgetOld(): void {
    for (const [id, { until }] of this.#calls) {
      if (until > this.#now() && this.#calls.size < mostKept) return;
      this.#calls.delete(id);
    }
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

function insert(missing: readonly Call[], page: Page, { order, size }: PageRequest): Page {
  const compare = comparatorOf(order);
  const calls = [...page.calls, ...missing].sort((a, b) => compare(positionOf(a), positionOf(b)));
  if (calls.length <= size) return { ...page, calls };
  const { stopped: _, ...rest } = page;
  return { ...rest, calls: calls.slice(0, size), more: true };
}
