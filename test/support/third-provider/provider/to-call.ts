import { toInstant } from '../../../../src/adapters/kit/dates/to-instant.ts';
import { toText } from '../../../../src/adapters/kit/rest/json.ts';
import type { Account } from '../../../../src/calls/account.ts';
import type { Call } from '../../../../src/calls/call.ts';
import { provider } from './provider.ts';
import type { WireCall } from './wire.ts';
import { toDirection, toEndReason, toStatus } from './words.ts';

/** A record in the domain's terms. Acme does not tell when a call was answered. */
export function toCall(wire: WireCall, account: Account): Call {
  const status = toText(wire.status);
  const endedAt = toTime(wire.end_time);
  const endReason = toEndReason(status, endedAt !== null);
  const direction = toText(wire.direction);
  const parentId = toText(wire.parent_call_sid);
  return {
    account,
    providerCallId: wire.sid,
    from: toText(wire.from) ?? '',
    to: toText(wire.to) ?? '',
    direction: toDirection(direction),
    providerDirection: direction,
    status: toStatus(status),
    providerStatus: status ?? '',
    createdAt: toTime(wire.date_created),
    startedAt: toTime(wire.start_time),
    answeredAt: null,
    endedAt,
    updatedAt: toTime(wire.date_updated),
    duration: endReason === null ? null : toSeconds(wire.duration),
    endReason,
    providerEndReason: null,
    error: null,
    price: toPrice(wire),
    callerName: toText(wire.caller_name),
    parentId,
    details: { provider, parentCallSid: parentId, answeredBy: toText(wire.answered_by) },
  };
}

/** RFC 2822 with an offset. */
function toTime(value: unknown): string | null {
  return toInstant(value, { isUtc: false });
}

/** Digits in a text. */
function toSeconds(value: unknown): number | null {
  return typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : null;
}

function toPrice({ price, price_unit: unit }: WireCall): Call['price'] {
  const amount = toText(price);
  const isAmount = amount !== null && /^-?\d+(?:\.\d+)?$/.test(amount);
  return isAmount ? { amount, currency: toText(unit) ?? 'USD' } : null;
}
