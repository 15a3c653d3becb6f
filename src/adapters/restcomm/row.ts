import type { Account } from '../../calls/account.ts';
import type { Call } from '../../calls/call.ts';
import { skipReasons } from '../../calls/lists/skip-reasons.ts';
import { type ListedCall, type Row, toOdd } from '../kit/by-number/list-row.ts';
import { toPathSegment } from '../kit/rest/path-segment.ts';
import type { Dialect } from './dialect.ts';
import { toCall } from './to-call.ts';
import type { Members } from './to-members.ts';
import { toText, toWireCall } from './wire.ts';

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

function hasTime(call: Call): call is ListedCall {
  return call.createdAt !== null;
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
