import type { Call } from '../../calls/call.ts';
import { isMatch } from '../../calls/filter.ts';
import { comparatorOf } from '../../calls/order.ts';
import type { PageRequest, Position } from '../../calls/page.ts';

/** A call that has a place in the order. */
export type PlacedCall = Call & { readonly createdAt: string };

export function isPlaced(call: Call): call is PlacedCall {
  return call.createdAt !== null;
}

/**
 * The calls that a page is made of, as far as they have been come across: those that match and stand
 * behind `after`, each once, and of them only as many as can be on the page, and one more that tells
 * whether it goes on. A call without any time has no place in an order and is left out of lists.
 */
export class Harvest {
  readonly #request: PageRequest;
  readonly #compare: (a: Position, b: Position) => number;
  #calls: readonly PlacedCall[] = [];

  constructor(request: PageRequest) {
    this.#request = request;
    this.#compare = comparatorOf(request.order);
  }

  add(calls: readonly Call[]): void {
    const { filter, after, size } = this.#request;
    const kept = new Map(this.#calls.map((call) => [call.providerCallId, call]));
    for (const call of calls) {
      if (!isPlaced(call) || !isMatch(call, filter)) continue;
      if (after !== undefined && this.#compare(call, after) <= 0) continue;
      kept.set(call.providerCallId, call);
    }
    this.#calls = [...kept.values()].sort(this.#compare).slice(0, size + 1);
  }

  /** At most one more than the page takes. */
  inOrder(): readonly PlacedCall[] {
    return this.#calls;
  }
}
