import type { Call, Instant } from '../../../calls/call.ts';
import { isMatch } from '../../../calls/filter.ts';
import type { CallFilter } from '../../../calls/new-call.ts';
import type { SkippedRow } from '../../../calls/page.ts';
import { isPlaced, type PlacedCall, toSkipReason } from '../placed-call.ts';

/** A row that has no position in the order, and the times of the nearest rows before and behind it that have one. */
export interface UnplacedRow extends SkippedRow {
  readonly previous: Instant | undefined;
  readonly next: Instant | undefined;
}

/** Rows of a list, both kinds in the order in which the provider gives them. */
export interface ListRows {
  readonly calls: readonly PlacedCall[];
  readonly unplaced: readonly UnplacedRow[];
}

/**
 * Separates the rows that have a position from those that have none. A row without a position is left out where what
 * can be read of it does not match the filter.
 */
export function toListRows(rows: readonly (Call | undefined)[], filter: CallFilter): ListRows {
  const calls: PlacedCall[] = [];
  const skipped: { readonly row: SkippedRow; readonly index: number }[] = [];
  for (const call of rows) {
    if (isPlaced(call)) calls.push(call);
    else if (call === undefined || mayMatch(call, filter)) {
      const row = { providerCallId: call?.providerCallId ?? '', reason: toSkipReason(call) };
      skipped.push({ row, index: calls.length });
    }
  }
  const unplaced = skipped.map(({ row, index }) => ({
    ...row,
    previous: calls[index - 1]?.createdAt,
    next: calls[index]?.createdAt,
  }));
  return { calls, unplaced };
}

/** Ignores the time bounds: a row without a time may be within them. */
function mayMatch(call: Call, { createdAfter: _, createdBefore: __, ...filter }: CallFilter): boolean {
  return isMatch(call, filter);
}
