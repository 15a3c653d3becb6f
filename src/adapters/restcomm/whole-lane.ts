import type { Account } from '../../calls/account.ts';
import { ProviderError } from '../../calls/failure.ts';
import type { Asking, CallList, ListedCall, Query } from './call-list.ts';
import { type Lane, type Sign, type Stretch, timeKey } from './lane.ts';

/** How many rows are held at once, at most: of a list in no order, or of the same moment. */
export const MOST_ROWS = 10_000;

/** A list that the server does not put into any order: read whole, in one answer, and sorted here. */
export class WholeLane implements Lane {
  readonly slackBefore = 0;
  readonly slackBehind = 0;
  readonly growsInFront = false;
  readonly hasSorted = false;
  readonly #list: CallList;
  readonly #query: Query;
  readonly #account: Account;
  readonly #sign: Sign;

  constructor(list: CallList, query: Query, account: Account, sign: Sign) {
    this.#list = list;
    this.#query = query;
    this.#account = account;
    this.#sign = sign;
  }

  keyOf({ createdAt }: ListedCall): number {
    return timeKey(createdAt, this.#sign);
  }

  async read(_offset: number, _count: number, asking: Asking): Promise<Stretch | undefined> {
    const slice = await this.#list.read(this.#query, 0, MOST_ROWS, asking);
    if (slice === undefined) return undefined;
    if (!slice.isLast) throw tooMany(this.#account);
    const calls = slice.calls.toSorted((a, b) => this.keyOf(a) - this.keyOf(b));
    return { ...slice, calls, isFirst: true };
  }
}

/** More rows than can be put in order, for lack of a server that does. */
export function tooMany(account: Account): ProviderError {
  return new ProviderError(
    'UNSUPPORTED_BY_PROVIDER',
    `${account.name} does not put so many calls in order. A filter by time or by number may help.`,
  );
}
