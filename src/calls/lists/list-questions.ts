import type { CallOrder } from '../../generated/schema.ts';
import type { CallsAdapter } from '../calls-adapter.ts';
import { ProviderError } from '../failure.ts';
import type { CallFilter } from '../new-call.ts';
import type { Operation } from '../operation.ts';
import { comparatorOf, listPositionOf, reverseOf } from '../order.ts';
import type { ListCursor, ListPosition } from './connection.ts';

/** A list of which more is asked than its calls: each question costs requests of its own to every account. */
export interface QuestionedList {
  readonly adapters: readonly CallsAdapter[];
  readonly filter: CallFilter;
  readonly operation: Operation;
  /** The most requests that one question may cost one account. */
  readonly budget: number;
}

/**
 * Whether a call stands at the cursor or behind it in `order`. Reads the last call of the list, which is the first one in
 * reverse order. True also when an account cannot be read. False without a cursor.
 */
export async function hasCallFrom(
  { adapters, filter, budget, operation }: QuestionedList,
  cursor: ListCursor | undefined,
  order: CallOrder,
): Promise<boolean> {
  if (cursor === undefined) return false;
  const request = { order: reverseOf(order), filter, size: 1, budget };
  const compare = comparatorOf<ListPosition>(order);
  const found = await askAll(adapters, async (adapter) => {
    const { calls, more } = await adapter.page(request, operation);
    const call = calls[0];
    return call === undefined ? more : compare(listPositionOf(call), cursor.position) >= 0;
  });
  return found.some((answer) => answer !== false);
}

/** The number of calls in the list; null when an account cannot count, without a request if that is known. */
export async function countCalls({ adapters, filter, operation }: QuestionedList): Promise<number | null> {
  if (!adapters.every(({ account }) => account.capabilities.includes('COUNT_CALLS'))) return null;
  const counts = await askAll(adapters, (each) => each.count(filter, operation));
  return counts.reduce((sum, count) => (sum === null || count === null ? null : sum + count), 0);
}

/** Asks all accounts in parallel; null for one that cannot be read. */
function askAll<Answer>(
  adapters: readonly CallsAdapter[],
  ask: (adapter: CallsAdapter) => Promise<Answer>,
): Promise<(Answer | null)[]> {
  const answer = (adapter: CallsAdapter) =>
    ask(adapter).catch((reason: unknown) => {
      if (reason instanceof ProviderError) return null;
      throw reason;
    });
  return Promise.all(adapters.map(answer));
}
