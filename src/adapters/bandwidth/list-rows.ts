import type { Account } from '../../calls/account.ts';
import type { Call, Instant } from '../../calls/call.ts';
import { isMatch } from '../../calls/filter.ts';
import { skipReasons } from '../../calls/lists/skip-reasons.ts';
import type { CallFilter } from '../../calls/new-call.ts';
import type { SkippedRow } from '../../calls/page.ts';
import { isObject } from '../kit/rest/json.ts';
import { toPathSegment } from '../kit/rest/path-segment.ts';
import { toCall } from './to-call.ts';
import { isWireCall, type WireCall } from './wire.ts';

/** A call that has a place in the order. */
export type PlacedCall = Call & { readonly createdAt: Instant };

/** A row that has no place in the order, and the times of the nearest rows before and behind it that have one. */
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
 * What the rows of a list are. One that cannot be placed in the order is kept apart, whatever it is, unless what can
 * be read of it does not match the filter.
 */
export function toListRows(rows: readonly unknown[], account: Account, filter: CallFilter): ListRows {
  const calls: PlacedCall[] = [];
  const skipped: { readonly row: SkippedRow; readonly index: number }[] = [];
  for (const row of rows) {
    const call = isObject(row) ? toCall(hasId(row) ? row : { ...row, callId: '' }, account) : undefined;
    if (call !== undefined && call.providerCallId !== '' && isPlaced(call)) calls.push(call);
    else if (call === undefined || mayMatch(call, filter)) {
      skipped.push({ row: toSkippedRow(call), index: calls.length });
    }
  }
  const unplaced = skipped.map(({ row, index }) => ({
    ...row,
    previous: calls[index - 1]?.createdAt,
    next: calls[index]?.createdAt,
  }));
  return { calls, unplaced };
}

/** Whether the row can be asked for by its id, as whatever a list gives. */
function hasId(row: unknown): row is WireCall {
  return isWireCall(row) && (/^[\w-]{1,512}$/.test(row.callId) || toPathSegment(row.callId) !== undefined);
}

function isPlaced(call: Call): call is PlacedCall {
  return call.createdAt !== null;
}

function toSkippedRow(call: Call | undefined): SkippedRow {
  if (call === undefined) return { providerCallId: '', reason: skipReasons.unreadable };
  const { providerCallId } = call;
  return { providerCallId, reason: providerCallId === '' ? skipReasons.noId : skipReasons.noTime };
}

/** Of a row without a time, nobody can say that it was created too early or too late. */
function mayMatch(call: Call, { createdAfter: _, createdBefore: __, ...filter }: CallFilter): boolean {
  return isMatch(call, filter);
}
