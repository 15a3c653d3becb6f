import { ProviderError } from '../../../calls/failure.ts';
import type { CallFilter } from '../../../calls/new-call.ts';
import type { PlacedCall } from '../placed-call.ts';
import type { Axis, Span } from './axis.ts';
import { type ListRows, toListRows } from './list-rows.ts';
import type { TokenSource } from './token-source.ts';

/** Rows in the provider's order, and the token of what follows them. */
export interface Chunk extends ListRows {
  readonly next: string | undefined;
}

/** The query for a chunk. */
export interface ChunkQuery extends Span {
  readonly size: number;
  readonly token?: string | undefined;
}

/** The list of one source under one filter, read page by page within a budget of requests for each. */
export class TokenList {
  readonly axis: Axis;
  readonly #filter: CallFilter;
  /** How many requests have been spent for the page. */
  spent = 0;
  /** How many rows have been read, for earlier pages as well. */
  rows = 0;
  /** Whether the provider has shown, within bounds, a call that has not started, although bounds should hide it. */
  showsUnstarted = false;
  #source: TokenSource;
  #budget = 0;

  constructor(source: TokenSource, axis: Axis, filter: CallFilter) {
    this.#source = source;
    this.axis = axis;
    this.#filter = filter;
  }

  /** Begins a page with so many requests to spend. The source of a page belongs to its operation. */
  renew(source: TokenSource, budget: number): void {
    this.#source = source;
    this.#budget = budget;
    this.spent = 0;
  }

  /** See `TokenSource.largestPage`. */
  get largestPage(): number {
    return this.#source.largestPage;
  }

  /** How many more requests may be spent. */
  get left(): number {
    return this.#budget - this.spent;
  }

  get isSpent(): boolean {
    return this.left <= 0;
  }

  /**
   * Reads one page. A response that cannot be read, ignores the bounds or is doubtful is requested once more, even
   * beyond the budget: one bad response proves no fault of the server.
   *
   * @param isDoubtful whether the page is such an answer; so is one that cannot be read or that ignores the bounds
   * @throws ProviderError PROVIDER_MISBEHAVED when the second response ignores the bounds or cannot be read
   */
  async read(query: ChunkQuery, isDoubtful: (chunk: Chunk) => boolean = () => false): Promise<Chunk> {
    const first = await this.#send(query);
    const isGood =
      !(first instanceof ProviderError) && this.#isWithin(first.calls, query) && !isDoubtful(first);
    const chunk = isGood ? first : await this.#send(query);
    if (chunk instanceof ProviderError) throw chunk;
    if (!this.#isWithin(chunk.calls, query)) throw this.#misbehaved('ignores the time bounds of its list');
    this.rows += chunk.count;
    const isBounded = query.min !== undefined || query.max !== undefined;
    this.showsUnstarted ||= isBounded && chunk.hasUnstarted;
    return chunk;
  }

  /** A list that does not end, however long it is read. */
  endless(cause: string): ProviderError {
    return this.#misbehaved('gives a list whose pages make no progress', cause);
  }

  /**
   * Whether no more than half of the calls, or two, are outside of the bounds: an odd time or two take no list down.
   * Calls that have not started are not counted.
   */
  #isWithin(calls: readonly PlacedCall[], { min, max }: Span): boolean {
    const tolerance = this.axis.step + 1_000;
    const isFrom = min === undefined ? () => true : this.axis.from(min - tolerance);
    const isBehind = max === undefined ? () => false : this.axis.from(max + tolerance);
    const outside = calls.filter(({ startedAt: at }) => at !== null && (!isFrom(at) || isBehind(at)));
    return outside.length < 3 || 2 * outside.length <= calls.length;
  }

  #misbehaved(message: string, cause?: string): ProviderError {
    return new ProviderError('PROVIDER_MISBEHAVED', `${this.#source.account.name} ${message}.`, { cause });
  }

  async #send(query: ChunkQuery) {
    this.spent += 1;
    const { size, token } = query;
    const page = await this.#source.read({ ...this.axis.toQuery(query), size, token });
    if (page instanceof ProviderError) return page;
    const { next, hasUnstarted, rows } = page;
    return { ...toListRows(rows, this.#filter), next, hasUnstarted, count: rows.length };
  }
}
