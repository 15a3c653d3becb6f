import type { CallOrder } from '../../generated/schema.ts';
import type { CallsAdapter } from '../calls-adapter.ts';
import { isProviderError } from '../failure.ts';
import type { CallFilter } from '../new-call.ts';
import type { Operation } from '../operation.ts';
import { comparatorOf, listPositionOf, reverseOf } from '../order.ts';
import type { ListCursor, ListPosition } from './connection.ts';

/** The list that `ListQuestions` answers questions about, and what an answer may cost. */
export interface ListQuestionsOptions {
  readonly adapters: readonly CallsAdapter[];
  readonly filter: CallFilter;
  readonly operation: Operation;
  /** The most requests that one question may cost one account. */
  readonly budget: number;
}

/**
 * Answers what a connection offers besides its calls: whether there are further pages, and the total count. Each
 * question costs requests of its own to every account, so it is answered only when its field is selected.
 */
export class ListQuestions {
  readonly #options: ListQuestionsOptions;

  constructor(options: ListQuestionsOptions) {
    this.#options = options;
  }

  /**
   * Whether a call stands at the cursor or behind it in `order`. Reads the last call of the list, which is the first
   * one in reverse order. True also when an account cannot be read. False without a cursor.
   */
  async hasCallFrom(cursor: ListCursor | undefined, order: CallOrder): Promise<boolean> {
    if (cursor === undefined) return false;
    const { filter, budget, operation } = this.#options;
    const request = { order: reverseOf(order), filter, size: 1, budget };
    const compare = comparatorOf<ListPosition>(order);
    const found = await this.#askAll(async (adapter) => {
      const { calls, more } = await adapter.page(request, operation);
      const call = calls[0];
      return call === undefined ? more : compare(listPositionOf(call), cursor.position) >= 0;
    });
    return found.some((answer) => answer !== false);
  }

  /** The number of calls in the list; null when an account cannot count, without a request if that is known. */
  async count(): Promise<number | null> {
    const { adapters, filter, operation } = this.#options;
    const canCount = adapters.every(({ account }) => account.capabilities.includes('COUNT_CALLS'));
    if (!canCount) return null;
    const counts = await this.#askAll((each) => each.count(filter, operation));
    return counts.reduce<number | null>(
      (sum, count) => (sum === null || count === null ? null : sum + count),
      0,
    );
  }

  /** Asks all accounts in parallel; null for one that cannot be read. */
  #askAll<Answer>(ask: (adapter: CallsAdapter) => Promise<Answer>): Promise<(Answer | null)[]> {
    const { adapters } = this.#options;
    return Promise.all(
      adapters.map((adapter) =>
        ask(adapter).catch((reason: unknown) => {
          if (isProviderError(reason)) return null;
          throw reason;
        }),
      ),
    );
  }
}
