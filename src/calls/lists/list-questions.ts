import type { CallOrder } from '../../generated/schema.ts';
import type { CallsAdapter } from '../calls-adapter.ts';
import { isPartial } from '../failure.ts';
import type { CallFilter } from '../new-call.ts';
import type { Operation } from '../operation.ts';
import { reverseOf } from '../order.ts';
import type { Place } from './connection.ts';
import { compareKeysIn, keyOf } from './merge.ts';

export interface Asked {
  readonly adapters: readonly CallsAdapter[];
  readonly filter: CallFilter;
  readonly operation: Operation;
  /** How many requests a question may cost an account. */
  readonly budget: number;
}

/** What can be asked of a list besides its calls. Each question costs every account a request of its own. */
export class ListQuestions {
  readonly #asked: Asked;

  constructor(asked: Asked) {
    this.#asked = asked;
  }

  /**
   * Whether a call stands at `place` or behind it in `order`: true when the list's very last call, which
   * is the first one read the other way round, does, or cannot be asked for. Nothing does behind no place.
   */
  async isAnythingFrom(place: Place | undefined, order: CallOrder): Promise<boolean> {
    if (place === undefined) return false;
    const { filter, budget, operation } = this.#asked;
    const request = { order: reverseOf(order), filter, size: 1, budget };
    const compare = compareKeysIn(order);
    const found = await this.#askAll(async (adapter) => {
      const { calls, more } = await adapter.page(request, operation);
      const call = calls[0];
      return call === undefined ? more : compare(keyOf(call), place.key) >= 0;
    });
    // An account that is unavailable may well have one.
    return found.some((answer) => answer !== false);
  }

  /** How many calls the whole list has; null when an account cannot tell, without asking if that is known. */
  async count(): Promise<number | null> {
    const { adapters, filter, operation } = this.#asked;
    const canCount = adapters.every(({ account }) => account.capabilities.includes('COUNT_CALLS'));
    if (!canCount) return null;
    const counts = await this.#askAll((each) => each.count(filter, operation));
    return counts.reduce<number | null>(
      (sum, count) => (sum === null || count === null ? null : sum + count),
      0,
    );
  }

  /** Every account at once; null of one that is unavailable, as for the page itself. */
  #askAll<Answer>(ask: (adapter: CallsAdapter) => Promise<Answer>): Promise<(Answer | null)[]> {
    const { adapters } = this.#asked;
    return Promise.all(
      adapters.map((adapter) =>
        ask(adapter).catch((reason: unknown) => {
          if (isPartial(reason)) return null;
          throw reason;
        }),
      ),
    );
  }
}
