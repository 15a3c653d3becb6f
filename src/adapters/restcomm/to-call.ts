import type { Account } from '../../calls/account.ts';
import type { Call, Instant } from '../../calls/call.ts';
import { toInstant } from '../kit/dates/to-instant.ts';
import { withUsableId } from '../kit/placed-call.ts';
import { isObject, toText } from '../kit/rest/json.ts';
import type { Dialect } from './dialect.ts';
import { toWireCall, type WireCall } from './wire.ts';
import { isOver, toDirection, toEndReason, toStatus } from './words.ts';

/** A record as the domain has it. What the two dialects mean by the same word differs: see below. */
export function toCall(wire: WireCall, account: Account, dialect: Dialect): Call {
  const status = toStatus(wire.status);
  const endReason = toEndReason(wire.status, wire.endTime !== null);
  const start = toTime(wire.startTime);
  const isAnswered = dialect.name === 'connect' && (status === 'IN_PROGRESS' || status === 'COMPLETED');
  return {
    account,
    providerCallId: wire.sid,
    from: wire.from,
    to: wire.to,
    direction: toDirection(wire.direction),
    providerDirection: wire.direction === '' ? null : wire.direction,
    status,
    providerStatus: wire.status,
    createdAt: toTime(wire.dateCreated),
    // Connect keeps the time of queuing in StartTime until the answer, whose time then takes its place
    // (Restcomm-Connect Call.java). At SBC it is when the ringing began (RestComm/sbc Call.java).
    startedAt: isAnswered ? null : start,
    answeredAt: isAnswered ? start : null,
    // SBC writes the time of creation into EndTime first.
    endedAt: endReason === null ? null : toTime(wire.endTime),
    updatedAt: toTime(wire.dateUpdated),
    duration: toDuration(wire, status, dialect),
    endReason,
    providerEndReason: null,
    error: null,
    price: toPrice(wire),
    // What the server writes when the caller has no name.
    callerName: wire.callerName === 'Unknown' ? null : wire.callerName,
    // SBC draws a parent at random: it is never a call's.
    parentId: dialect.name === 'connect' ? wire.parentCallSid : null,
    details: {
      provider: 'RESTCOMM',
      parentCallSid: wire.parentCallSid,
      phoneNumberSid: wire.phoneNumberSid,
      answeredBy: wire.answeredBy,
      forwardedFrom: wire.forwardedFrom,
      apiVersion: wire.apiVersion,
      instanceId: wire.instanceId,
      ringDuration: wire.ringDuration,
      uri: wire.uri,
    },
  };
}

/**
 * A row of a list, whatever stands in it, as `NumberPage` has it: a row that is no call must neither hide the others
 * nor get lost. An id that cannot stand in a path is none.
 */
export function toRow(value: unknown, account: Account, dialect: Dialect): Call | undefined {
  if (!isObject(value)) return undefined;
  const sid = toText(value.sid) ?? '';
  const call = toCall(toWireCall({ ...value, sid: sid || 'none' }), account, dialect);
  return sid === '' ? { ...call, providerCallId: '' } : withUsableId(call);
}

/**
 * Seconds of talk. Connect counts them from the answer for a completed call, from the queuing for one
 * that nobody answered: none were talked then. SBC counts the ringing too, and does not tell how long
 * that was for each.
 */
function toDuration(wire: WireCall, status: Call['status'], dialect: Dialect): number | null {
  if (!isOver(status)) return null;
  return dialect.name === 'sbc' || status === 'COMPLETED' ? wire.duration : 0;
}

/** XML alone tells it. Restcomm never computes it; the column is a text. */
function toPrice({ price, priceUnit }: WireCall): Call['price'] {
  if (price === null || !/^-?\d+(?:\.\d+)?$/.test(price)) return null;
  return { amount: price, currency: priceUnit ?? 'USD' };
}

/**
 * One record holds two forms: created and updated are RFC-2822-like, start and end ISO 8601, and before 2014 all four
 * were ISO (Restcomm-Connect CallDetailRecordConverter). They are times of the server's zone, which is told nowhere: one
 * without an offset is null.
 */
export function toTime(text: string | null): Instant | null {
  return toInstant(text, { isUtc: false });
}
