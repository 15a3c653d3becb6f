import type { Account } from '../../calls/account.ts';
import type { Call, Instant } from '../../calls/call.ts';
import { isEnded } from '../../calls/events/status-rank.ts';
import { toInstant } from '../kit/dates/to-instant.ts';
import { toText } from '../kit/rest/json.ts';
import type { Dialect } from './dialect.ts';
import { type Members, toNumber } from './wire.ts';
import { toDirection, toEndReason, toStatus } from './words.ts';

/**
 * A record as the domain has it, whatever stands in it; without a sid, the id is empty. What the two dialects mean by
 * the same word differs: see below.
 */
export function toCall(wire: Members, account: Account, dialect: Dialect): Call {
  const word = toText(wire.status);
  const status = toStatus(word);
  const endReason = toEndReason(word, toText(wire.end_time) !== null);
  const start = toTime(wire.start_time);
  const direction = toText(wire.direction);
  const callerName = toText(wire.caller_name);
  const parentCallSid = toText(wire.parent_call_sid);
  const isAnswered = dialect.name === 'connect' && (status === 'IN_PROGRESS' || status === 'COMPLETED');
  return {
    account,
    providerCallId: toText(wire.sid) ?? '',
    from: toText(wire.from) ?? '',
    to: toText(wire.to) ?? '',
    direction: toDirection(direction),
    providerDirection: direction,
    status,
    providerStatus: word ?? '',
    createdAt: toTime(wire.date_created),
    // Connect keeps the time of queuing in StartTime until the answer, whose time then takes its place
    // (Restcomm-Connect Call.java). At SBC it is when the ringing began (RestComm/sbc Call.java).
    startedAt: isAnswered ? null : start,
    answeredAt: isAnswered ? start : null,
    // SBC writes the time of creation into EndTime first.
    endedAt: endReason === null ? null : toTime(wire.end_time),
    updatedAt: toTime(wire.date_updated),
    duration: toDuration(wire, status, dialect),
    endReason,
    providerEndReason: null,
    error: null,
    price: toPrice(wire),
    // What the server writes when the caller has no name.
    callerName: callerName === 'Unknown' ? null : callerName,
    // SBC draws a parent at random: it is never a call's.
    parentId: dialect.name === 'connect' ? parentCallSid : null,
    details: {
      provider: 'RESTCOMM',
      parentCallSid,
      phoneNumberSid: toText(wire.phone_number_sid),
      answeredBy: toText(wire.answered_by),
      forwardedFrom: toText(wire.forwarded_from),
      apiVersion: toText(wire.api_version),
      instanceId: toText(wire.InstanceId),
      ringDuration: toNumber(wire.ring_duration),
      uri: toText(wire.uri),
    },
  };
}

/**
 * Seconds of talk. Connect counts them from the answer for a completed call, from the queuing for one
 * that nobody answered: none were talked then. SBC counts the ringing too, and does not tell how long
 * that was for each.
 */
function toDuration(wire: Members, status: Call['status'], dialect: Dialect): number | null {
  if (!isEnded(status)) return null;
  return dialect.name === 'sbc' || status === 'COMPLETED' ? toNumber(wire.duration) : 0;
}

/** XML alone tells it. Restcomm never computes it; the column is a text. */
function toPrice(wire: Members): Call['price'] {
  const amount = toText(wire.price);
  if (amount === null || !/^-?\d+(?:\.\d+)?$/.test(amount)) return null;
  return { amount, currency: toText(wire.price_unit) ?? 'USD' };
}

/**
 * One record holds two forms: created and updated are RFC-2822-like, start and end ISO 8601, and before 2014 all four
 * were ISO (Restcomm-Connect CallDetailRecordConverter). They are times of the server's zone, which is told nowhere: one
 * without an offset is null.
 */
export function toTime(value: unknown): Instant | null {
  return toInstant(value, { isUtc: false });
}
