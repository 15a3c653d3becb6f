import type { CallOrder } from '../../generated/schema.ts';
import type { Account } from '../account.ts';
import type { Call } from '../call.ts';
import type { Failure } from '../failure.ts';
import type { CallFilter } from '../new-call.ts';
import type { Position, SkippedRow } from '../page.ts';

/** Which calls in which order: the list that a cursor belongs to. */
export interface ListScope {
  readonly accounts: readonly Account[];
  readonly order: CallOrder;
  readonly filter: CallFilter;
  /** The keys of the accounts, sorted. A cursor names an account by its index in them. */
  readonly keys: readonly string[];
  /** A digest of accounts, order and filter, by which a cursor of another list is recognized. */
  readonly fingerprint: string;
}

/** A position in the total order over several accounts: by `createdAt`, then account key, then provider id. */
export interface ListPosition extends Position {
  readonly accountKey: string;
}

/** A decoded cursor (Relay Cursor Connections, section 3): where a list over one or more accounts is resumed. */
export interface ListCursor {
  /** Where every account is resumed that has no entry in `accountPositions`. */
  readonly position: ListPosition;
  /** Hints for `PageRequest.hint` by account key. They affect the cost only. */
  readonly hints?: ReadonlyMap<string, string> | undefined;
  readonly accountPositions?: AccountPositions | undefined;
  /** Digests of skipped rows that have been reported already: see `reportSkipped`. */
  readonly reported?: readonly string[] | undefined;
}

/**
 * Accounts that are resumed elsewhere than at the cursor's position. An account that could not be read stays
 * behind it; while that account catches up, the others are ahead of it. All are ahead of the last call of a page that
 * stopped behind it.
 */
export interface AccountPositions {
  /** The paging direction in which they apply. */
  readonly direction: Direction;
  /** By account key; null is the start of the list. */
  readonly positions: ReadonlyMap<string, Position | null>;
}

/** Forward with `first` and `after`, backward with `last` and `before`. */
export type Direction = 'forward' | 'backward';

/** The request for one page: 0 to 500 calls from the start of the list or, backward, from its end. */
export interface ListRequest extends ListScope {
  readonly direction: Direction;
  readonly size: number;
  readonly after?: ListCursor | undefined;
  readonly before?: ListCursor | undefined;
}

/** A call and its cursor, which is made only when it is selected. */
export interface Edge extends Pick<Connection, 'scope' | 'cursorOf'> {
  readonly call: Call;
}

/** An account that could not be read. */
export interface Unavailable {
  readonly account: Account;
  readonly failure: Failure;
}

/** A row of a provider's list that is left out, since it has no position in the order. */
export interface SkippedCall extends SkippedRow {
  readonly account: Account;
}

/**
 * A page of a list (Relay Cursor Connections, section 2). What costs further requests is a function, called only when
 * its field is selected.
 */
export interface Connection {
  readonly scope: ListScope;
  readonly calls: readonly Call[];
  /** The cursor of a call of the page: `start` or `end` for the calls at its ends. */
  readonly cursorOf: (call: Call) => ListCursor;
  readonly start: ListCursor | null;
  readonly end: ListCursor | null;
  readonly hasNextPage: () => boolean | Promise<boolean>;
  readonly hasPreviousPage: () => boolean | Promise<boolean>;
  readonly unavailable: readonly Unavailable[];
  readonly skipped: readonly SkippedCall[];
  /** The number of calls in the whole list; null when an account cannot count. */
  readonly count: () => Promise<number | null>;
}
