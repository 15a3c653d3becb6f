import type { RestcommCall } from './call.ts';
import { toIso, toRfcLike } from './dates.ts';
import type { Element } from './xml.ts';

/** The differences between the dialects in serializing a call. */
export interface Dialect {
  /** Minutes east of UTC. */
  readonly zoneMinutes: number;
  /** `/2012-04-24/Accounts/AC…/Calls/CA…`, or without the leading slash and the account at SBC. */
  uriOf(call: RestcommCall): string;
  /** Connect has account_sid and subresource_uris, SBC neither, nor phone_number_sid in JSON. */
  readonly hasAccounts: boolean;
}

/** A call in JSON, with members in Restcomm's order, without null members and without price. */
export function toJsonCall(call: RestcommCall, dialect: Dialect): Record<string, unknown> {
  const zone = dialect.zoneMinutes;
  const uri = dialect.uriOf(call);
  const subresources = { notifications: `${uri}/Notifications.json`, recordings: `${uri}/Recordings.json` };
  return {
    sid: call.sid,
    InstanceId: call.instance_id || undefined,
    date_created: toRfcLike(call.date_created, zone),
    date_updated: toRfcLike(call.date_updated, zone),
    parent_call_sid: call.parent_call_sid ?? undefined,
    account_sid: dialect.hasAccounts ? (call.account_sid ?? undefined) : undefined,
    to: call.to,
    from: call.from,
    phone_number_sid: dialect.hasAccounts ? (call.phone_number_sid ?? undefined) : undefined,
    status: call.status,
    start_time: call.start_time === null ? undefined : toIso(call.start_time, zone),
    end_time: call.end_time === null ? undefined : toIso(call.end_time, zone),
    duration: call.duration ?? undefined,
    price_unit: call.price_unit,
    direction: call.direction,
    answered_by: call.answered_by ?? undefined,
    api_version: call.api_version,
    forwarded_from: call.forwarded_from ?? undefined,
    caller_name: call.caller_name ?? undefined,
    uri: `${uri}.json`,
    ring_duration: call.ring_duration ?? undefined,
    subresource_uris: dialect.hasAccounts ? subresources : undefined,
  };
}

/** A call in XML: null members are empty elements, save InstanceId and AccountSid; XStream doubles an underscore. */
export function toXmlCall(call: RestcommCall, dialect: Dialect): Element {
  const zone = dialect.zoneMinutes;
  const uri = dialect.uriOf(call);
  const leaf = (name: string, text: string | number | null): Element => {
    return text === null ? { name } : { name, text: String(text) };
  };
  const only = (condition: boolean, element: Element): Element[] => (condition ? [element] : []);
  const subresources: Element = {
    name: 'SubresourceUris',
    children: [leaf('Notifications', `${uri}/Notifications`), leaf('Recordings', `${uri}/Recordings`)],
  };
  return {
    name: 'Call',
    children: [
      leaf('Sid', call.sid),
      ...only(Boolean(call.instance_id), leaf('InstanceId', call.instance_id)),
      leaf('DateCreated', toRfcLike(call.date_created, zone)),
      leaf('DateUpdated', toRfcLike(call.date_updated, zone)),
      leaf('ParentCallSid', call.parent_call_sid),
      ...only(dialect.hasAccounts && call.account_sid !== null, leaf('AccountSid', call.account_sid)),
      leaf('To', call.to),
      leaf('From', call.from),
      ...only(dialect.hasAccounts, leaf('PhoneNumberSid', call.phone_number_sid)),
      leaf('Status', call.status),
      leaf('StartTime', call.start_time === null ? null : toIso(call.start_time, zone)),
      leaf('EndTime', call.end_time === null ? null : toIso(call.end_time, zone)),
      leaf('Duration', call.duration),
      leaf('Price', call.price ?? '0.0'),
      leaf('PriceUnit', call.price_unit),
      leaf('Direction', call.direction),
      leaf('AnsweredBy', call.answered_by),
      leaf('ApiVersion', call.api_version),
      leaf('ForwardedFrom', call.forwarded_from),
      leaf('CallerName', call.caller_name),
      leaf('Uri', uri),
      ...only(dialect.hasAccounts, subresources),
      leaf('Ring__duration', call.ring_duration),
    ],
  };
}
