import type { Account } from '../../calls/account.ts';
import { isListed } from '../kit/by-number/list-row.ts';
import { type Lane, MOST_ROWS, type Sign, timeKey } from '../kit/by-number/number-source.ts';
import type { Asking, Query } from '../kit/by-number/request-budget.ts';
import type { Stretch } from '../kit/by-number/row-range.ts';
import type { CallList } from './call-list.ts';
import { tooManyCalls } from './errors.ts';

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
