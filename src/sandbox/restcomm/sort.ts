import { hashOf } from '../random.ts';
import type { RestcommCall } from './call.ts';
import type { Database } from './like.ts';

/**
 * SortBy as `field:direction`, the direction asc or desc in any case, asc if missing; an unknown field is ignored.
 * Error messages are those of the server. Source: Restcomm-Connect Sorting.java, since 2018-06.
 */
export function readSortBy(text: string): { keys: readonly SortKey[] } | { wrong: string } {
  const colon = text.indexOf(':');
  const field = colon === -1 ? text : text.slice(0, colon);
  const direction = (colon === -1 ? '' : text.slice(colon + 1)).toLowerCase();
  const prefix = 'Error parsing the SortBy parameter:';
  if (field === '') return { wrong: `${prefix} missing field to sort by` };
  if (direction !== '' && direction !== 'asc' && direction !== 'desc') {
    return { wrong: `${prefix} sort direction needs to be either ASC or DESC` };
  }
  const column = Object.hasOwn(COLUMNS, field) ? COLUMNS[field] : undefined;
  if (column === undefined) return { keys: NEWEST_FIRST };
  return { keys: [{ column, descending: direction === 'desc' }, ...NEWEST_FIRST] };
}

/** One key of an ORDER BY. */
export interface SortKey {
  readonly column: (call: RestcommCall) => string | number | null;
  readonly descending: boolean;
}

type Order = (a: RestcommCall, b: RestcommCall) => number;

const COLUMNS: Readonly<Record<string, SortKey['column']>> = {
  DateCreated: (call) => call.date_created,
  From: (call) => call.from,
  To: (call) => call.to,
  Direction: (call) => call.direction,
  Status: (call) => call.status,
  Duration: (call) => call.duration,
  Price: (call) => (call.price === null ? null : Math.trunc(Number(call.price))),
};

export const NEWEST_FIRST: readonly SortKey[] = [{ column: (call) => call.date_created, descending: true }];
export const OLDEST_FIRST: readonly SortKey[] = [{ column: (call) => call.date_created, descending: false }];
export const STARTED_FIRST: readonly SortKey[] = [{ column: (call) => call.start_time, descending: false }];
export const STARTED_LAST: readonly SortKey[] = [{ column: (call) => call.start_time, descending: true }];

/** The comparison by some keys. Rows with equal keys are in an arbitrary order that depends on `salt`. */
export function toOrder(keys: readonly SortKey[], database: Database, salt: number): Order {
  return (a, b) => {
    for (const { column, descending } of keys) {
      const difference = compare(column(a), column(b), descending, database);
      if (difference !== 0) return difference;
    }
    return (hashOf(a.sid) ^ salt) - (hashOf(b.sid) ^ salt);
  };
}

type Value = string | number | null;

/** Null comes first, except when MariaDB sorts descending. */
function compare(a: Value, b: Value, descending: boolean, database: Database): number {
  if (a === b) return 0;
  const nullsLast = database === 'mariadb' && descending;
  if (a === null) return nullsLast ? 1 : -1;
  if (b === null) return nullsLast ? -1 : 1;
  return a < b === descending ? 1 : -1;
}
