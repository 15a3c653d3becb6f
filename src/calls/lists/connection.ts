import type { CallOrder } from '../../generated/schema.ts';
import type { Account } from '../account.ts';
import type { Call } from '../call.ts';
import type { Failure } from '../failure.ts';
import type { CallFilter } from '../new-call.ts';
import type { Position, SkippedRow } from '../page.ts';

/** Which calls, in which order: what a place in a list is bound to. */
export interface ListScope {
  readonly accounts: readonly Account[];
  readonly order: CallOrder;
  readonly filter: CallFilter;
  /** A digest of the three, which cursors are sealed with. */
  readonly fingerprint: string;
}

/**
 * A place in a list over one or more accounts. The key decides where every account goes on, but for
 * those that are `apart` from it: one that could not be read stays where it was, and while it catches
 * up, the others stay ahead. `hints` only make resuming cheap.
 */
export interface Place {
  readonly key: ListKey;
  readonly hints?: ReadonlyMap<string, string> | undefined;
  readonly apart?: Apart | undefined;
  /** Marks of the skipped rows that have been told by now and may be met again: see `tellSkipped`. */
  readonly told?: readonly string[] | undefined;
}

export interface Apart {
  /** Reading the other way goes by the key alone. */
  readonly direction: Direction;
  /** Per account key: where reading goes on instead; null is the beginning. */
  readonly positions: ReadonlyMap<string, Position | null>;
}

/** A place in the total order over accounts: by `createdAt`, then account key, then provider id. */
export interface ListKey extends Position {
  readonly accountKey: string;
}

export type Direction = 'forward' | 'backward';

/** What is asked of a list: `size` calls, 0 to 500, from its beginning or, backward, from its end. */
export interface ListRequest extends ListScope {
  readonly direction: Direction;
  readonly size: number;
  readonly after?: Place | undefined;
  readonly before?: Place | undefined;
}

/** A call in its list; its place is worked out when it is asked for. */
export interface Edge extends Pick<Connection, 'scope' | 'placeOf'> {
  readonly call: Call;
}

export interface Unavailable {
  readonly account: Account;
  readonly failure: Failure;
}

/** A call that was left out of a list, since it has no place in its order. */
export interface SkippedCall extends SkippedRow {
  readonly account: Account;
}

/** A page of a list. What costs a request of its own is a function, called only when it is asked for. */
export interface Connection {
  readonly scope: ListScope;
  readonly calls: readonly Call[];
  readonly placeOf: (call: Call) => Place;
  readonly start: Place | null;
  readonly end: Place | null;
  readonly hasNextPage: () => boolean | Promise<boolean>;
  readonly hasPreviousPage: () => boolean | Promise<boolean>;
  readonly unavailable: readonly Unavailable[];
  readonly skipped: readonly SkippedCall[];
  readonly count: () => Promise<number | null>;
}
