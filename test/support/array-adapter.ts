import type { Account } from '../../src/calls/account.ts';
import { AccountHealth } from '../../src/calls/account-health.ts';
import type { Call } from '../../src/calls/call.ts';
import type { CallsAdapter } from '../../src/calls/calls-adapter.ts';
import { ProviderError } from '../../src/calls/failure.ts';
import { isMatch } from '../../src/calls/filter.ts';
import type { Page, PageRequest, Position, SkippedRow } from '../../src/calls/page.ts';

interface Asked {
  readonly method: Exclude<keyof CallsAdapter, 'account' | 'health' | 'close'>;
  readonly values: readonly unknown[];
}

/** Keeps the port's promise on an array: the honest adapter that the domain is measured against. */
export class ArrayAdapter implements CallsAdapter {
  readonly account: Account;
  readonly health = new AccountHealth();
  calls: Call[];
  /** How many calls one request of the budget looks at. */
  perRequest = Number.POSITIVE_INFINITY;
  /** How many pages are spent on finding where to go on, each by the hint of the one before. */
  searches = 0;
  /** Whether its pages hold a hint. */
  hints = true;
  /** Rows that have no place in the order; `near` is the moment of the calls among which the provider lists it. */
  unplaced: readonly (SkippedRow & { readonly near: string | null })[] = [];
  /** What everything rejects with, as long as it is set. */
  failure: Error | undefined;
  /** Waited for before anything is answered. */
  gate: Promise<void> = Promise.resolve();
  readonly asked: Asked[] = [];

  constructor(account: Account, calls: readonly Call[] = []) {
    this.account = account;
    this.calls = [...calls];
  }

  /** What was asked by this method, the operation left out. */
  askedFor(method: Asked['method']): readonly unknown[][] {
    return this.asked.filter((each) => each.method === method).map(({ values }) => [...values]);
  }

  async get(providerCallId: string): Promise<Call | null> {
    await this.#answer('get', providerCallId);
    return this.calls.find((call) => call.providerCallId === providerCallId) ?? null;
  }

  async page(request: PageRequest): Promise<Page> {
    await this.#answer('page', request);
    const { order, filter, after, hint, size, budget } = request;
    if (size < 1 || size > 500 || budget < 1) throw new RangeError(`size ${size}, budget ${budget}`);
    if (hint !== undefined && !hint.startsWith(`${this.account.key}/`)) throw new Error('a foreign hint');
    const searching = after && this.#search(after, hint);
    if (searching) return searching;
    const sign = order === 'OLDEST_FIRST' ? 1 : -1;
    const behind = this.calls
      .filter((call) => after === undefined || sign * compare(call, after) > 0)
      .sort((a, b) => sign * compare(a, b));
    const seen = behind.slice(0, this.perRequest * budget);
    const found = seen.filter((call) => isMatch(call, filter));
    const calls = found.slice(0, size);
    const last = calls.length < size && seen.length < behind.length ? seen.at(-1) : undefined;
    const more = last !== undefined || behind.filter((call) => isMatch(call, filter)).length > calls.length;
    // To say that nothing more is there takes looking at all of it.
    const skipped = this.#unplacedIn(request, more && seen.length < behind.length ? seen.at(-1) : undefined);
    return {
      calls,
      ...(skipped.length > 0 && { skipped }),
      ...(this.hints && { hint: `${this.account.key}/${this.asked.length}` }),
      more,
      ...(last && { stopped: { createdAt: last.createdAt, providerCallId: last.providerCallId } }),
    };
  }

  /** Those between the page's beginning and the last call looked at, both included: some are met twice. */
  #unplacedIn({ order, after }: PageRequest, last: Position | undefined): SkippedRow[] {
    const sign = order === 'OLDEST_FIRST' ? 1 : -1;
    const isBehind = (near: string | null, bound: Position | undefined) =>
      bound === undefined ? undefined : sign * compareTexts(near ?? '', bound.createdAt ?? '');
    return this.unplaced
      .filter(({ near }) => (isBehind(near, after) ?? 0) >= 0 && (isBehind(near, last) ?? 0) <= 0)
      .map(({ near: _, ...row }) => row);
  }

  /** What a page is that has only got a step nearer to its beginning; undefined when it is there. */
  #search(after: Position, hint: string | undefined): Page | undefined {
    const [, at, steps] = hint?.split('/') ?? [];
    const from = `${after.createdAt} ${after.providerCallId}`;
    const taken = at === from ? Number(steps) : 0;
    if (taken >= this.searches) return undefined;
    return { calls: [], more: true, stopped: after, hint: `${this.account.key}/${from}/${taken + 1}` };
  }

  async count(filter: PageRequest['filter']): Promise<number | null> {
    await this.#answer('count', filter);
    return this.calls.filter((call) => isMatch(call, filter)).length;
  }

  async create(...[call]: Parameters<CallsAdapter['create']>): Promise<Call> {
    await this.#answer('create', call);
    const placed = this.calls[0];
    if (placed === undefined) throw new ProviderError('PROVIDER_UNAVAILABLE', 'No call to give.');
    return placed;
  }

  fits(..._: Parameters<CallsAdapter['fits']>): boolean {
    return true;
  }

  end(...[id, how]: Parameters<CallsAdapter['end']>): Promise<void> {
    return this.#answer('end', id, how);
  }

  redirect(...[id, redirect]: Parameters<CallsAdapter['redirect']>): Promise<void> {
    return this.#answer('redirect', id, redirect);
  }

  mute(...[id, muted]: Parameters<CallsAdapter['mute']>): Promise<void> {
    return this.#answer('mute', id, muted);
  }

  replaceBxml(...[id, bxml]: Parameters<CallsAdapter['replaceBxml']>): Promise<void> {
    return this.#answer('replaceBxml', id, bxml);
  }

  async close(): Promise<void> {}

  async #answer(method: Asked['method'], ...values: unknown[]): Promise<void> {
    this.asked.push({ method, values });
    await this.gate;
    if (this.failure) throw this.failure;
  }
}

/** By moment, then id, by code units: on purpose not the domain's own function. */
function compare(a: Position, b: Position): number {
  return (
    compareTexts(a.createdAt ?? '', b.createdAt ?? '') || compareTexts(a.providerCallId, b.providerCallId)
  );
}

function compareTexts(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1;
}
