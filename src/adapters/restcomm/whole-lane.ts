import type { Account } from '../../calls/account.ts';
import type { Asking, Query } from './asking.ts';
import type { CallList } from './call-list.ts';
import { tooManyCalls } from './errors.ts';
import { type Lane, type Sign, timeKey } from './lane.ts';
import { isListed } from './row.ts';
import type { Stretch } from './stretch.ts';

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

  async read(_offset: number, _count: number, asking: Asking): Promise<Stretch | undefined> {
    const slice = await this.#list.read(this.#query, 0, MOST_ROWS, asking);
    if (slice === undefined) return undefined;
    if (!slice.isLast) throw tooManyCalls(this.#account);
    const odd = slice.rows.filter((row) => !isListed(row));
    const calls = slice.rows
      .filter(isListed)
      .map((call) => ({ call, key: timeKey(call.createdAt, this.#sign) }));
    calls.sort((a, b) => a.key - b.key);
    return {
      ...slice,
      rows: [...calls.map(({ call }) => call), ...odd],
      // The odd ones stand nowhere.
      keys: [...calls.map(({ key }) => key), ...odd.map(() => Number.NaN)],
      isFirst: true,
    };
  }
}
