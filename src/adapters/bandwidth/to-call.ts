import type { Account } from '../../calls/account.ts';
import type { Call, Instant } from '../../calls/call.ts';
import { timeOf } from '../../calls/time-of.ts';
import { toInstant } from '../kit/dates/to-instant.ts';
import { isObject, toText } from '../kit/rest/json.ts';
import type { WireCall } from './wire.ts';
import { isDisconnected, toDirection, toEndReason, toStatus } from './words.ts';

/**
 * A call as Bandwidth shows it, in the domain's words (Bandwidth spec, callState).
 *
 * @param callUrl which only the answer to a create has
 */
export function toCall(wire: WireCall, account: Account, callUrl: string | null = null): Call {
  const state = toText(wire.state);
  const cause = toText(wire.disconnectCause);
  const startedAt = toTime(wire.startTime);
  const answeredAt = toTime(wire.answerTime);
  const endedAt = toTime(wire.endTime);
  const isOver = endedAt !== null || isDisconnected(state);
  const parentId = toText(wire.parentCallId);
  const direction = toText(wire.direction);
  return {
    account,
    providerCallId: wire.callId,
    from: toText(wire.from) ?? '',
    to: toText(wire.to) ?? '',
    direction: toDirection(direction),
    providerDirection: direction,
    status: toStatus(state, cause, answeredAt !== null),
    providerStatus: state ?? '',
    createdAt: toTime(wire.enqueuedTime) ?? startedAt,
    startedAt,
    answeredAt,
    endedAt,
    updatedAt: toTime(wire.lastUpdate),
    duration: isOver ? toDuration(answeredAt, endedAt) : null,
    endReason: isOver ? toEndReason(cause) : null,
    providerEndReason: cause,
    error: toError(wire),
    price: null,
    callerName: null,
    parentId,
    details: {
      provider: 'BANDWIDTH',
      callUrl,
      applicationId: toText(wire.applicationId),
      parentCallId: parentId,
      identity: toText(wire.identity),
      stirShaken: toStirShaken(wire.stirShaken),
    },
  };
}

/**
 * A call as the answer to its create shows it: without `state` and `direction`, and with the addresses
 * and masked passwords of the request, which go no further (Bandwidth spec, createCallResponse).
 */
export function toCreatedCall(wire: WireCall, account: Account): Call {
  const call = toCall({ ...wire, state: wire.state ?? 'queued' }, account, toCallUrl(wire.callUrl));
  return call.providerDirection === null ? { ...call, direction: 'OUTBOUND' } : call;
}

/** More seconds than this no call lasts, and GraphQL's Int ends here. */
const longest = 2 ** 31 - 1;

/** Whole seconds of an ended call, from the answer to the end; null where the end is not known. */
function toDuration(answeredAt: Instant | null, endedAt: Instant | null): number | null {
  if (answeredAt === null) return 0;
  if (endedAt === null) return null;
  const seconds = Math.floor((timeOf(endedAt) - timeOf(answeredAt)) / 1000);
  return seconds > longest ? null : Math.max(0, seconds);
}

function toError({ errorId, errorMessage }: WireCall): Call['error'] {
  const id = toText(errorId);
  const message = toText(errorMessage);
  return id === null && message === null ? null : { id, message };
}

/** Free-form texts under documented names; inbound calls only (Bandwidth spec, callState). */
function toStirShaken(value: unknown) {
  if (!isObject(value)) return null;
  return {
    verstat: toText(value.verstat),
    attestationIndicator: toText(value.attestationIndicator),
    originatingId: toText(value.originatingId),
  };
}

/** All times are in UTC (Bandwidth spec, callState), those included that name no zone. */
export function toTime(value: unknown): Instant | null {
  return toInstant(value, { isUtc: true });
}

/**
 * The address of the call in Bandwidth's API (Bandwidth spec, createCallResponse): for clients to read, never asked
 * here. Null where it is no web address, holds credentials, or has more than 512 characters; about 110 are usual.
 */
function toCallUrl(value: unknown): string | null {
  const text = toText(value);
  if (text === null || text.length > 512 || !URL.canParse(text)) return null;
  const { protocol, username, password } = new URL(text);
  return /^https?:$/.test(protocol) && username === '' && password === '' ? text : null;
}
