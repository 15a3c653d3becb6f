import type { Account } from '../../calls/account.ts';
import type { Call, Instant } from '../../calls/call.ts';
import { skipReasons } from '../../calls/lists/skipped.ts';
import type { SkippedRow } from '../../calls/page.ts';
import { toPathSegment } from '../kit/rest/path-segment.ts';
import type { Dialect } from './dialect.ts';
import { toCall } from './to-call.ts';
import type { Members } from './to-members.ts';
import { toText, toWireCall } from './wire.ts';

/** A call that has a place in the order. */
export type ListedCall = Call & { readonly createdAt: Instant };

/** A row of a list that has no place among the calls of it. */
export interface OddRow {
  readonly skipped: SkippedRow;
  /** What can be read of it all the same. */
  readonly call: Call | undefined;
}

export type Row = ListedCall | OddRow;

/** What a call is sorted by, as a number that grows in the order of reading; NaN where it is not known. */
export type KeyOf = (call: ListedCall) => number;

export function isListed(row: Row): row is ListedCall {
  return 'createdAt' in row;
}

/** What there is in a list in place of a call is a row, too: it must neither hide the others nor get lost. */
export function toRow(value: unknown, account: Account, dialect: Dialect): Row {
  if (!isMembers(value)) return toOdd('', skipReasons.unreadable);
  const sid = toText(value.sid);
  // A call that could not be asked for by its id would be given out with an id that is none.
  if (sid === null || !(dialect.isCallSid(sid) || toPathSegment(sid) !== undefined)) {
    return toOdd('', skipReasons.noId);
  }
  const call = toCall(toWireCall(value), account, dialect);
  return hasTime(call) ? call : toOdd(sid, skipReasons.noTime, call);
}

export function toOdd(providerCallId: string, reason: string, call?: Call): OddRow {
  return { skipped: { providerCallId, reason }, call };
}

function hasTime(call: Call): call is ListedCall {
  return call.createdAt !== null;
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
