import type { XmlElement } from './xml.ts';

/** A JSON object before anything is known of its members. */
export type Members = Readonly<Record<string, unknown>>;

/** XStream doubles the underscore of `Ring_duration`. */
const memberNames: ReadonlyMap<string, string> = new Map([
  ['Sid', 'sid'],
  ['InstanceId', 'InstanceId'],
  ['DateCreated', 'date_created'],
  ['DateUpdated', 'date_updated'],
  ['ParentCallSid', 'parent_call_sid'],
  ['To', 'to'],
  ['From', 'from'],
  ['PhoneNumberSid', 'phone_number_sid'],
  ['Status', 'status'],
  ['StartTime', 'start_time'],
  ['EndTime', 'end_time'],
  ['Duration', 'duration'],
  ['Price', 'price'],
  ['PriceUnit', 'price_unit'],
  ['Direction', 'direction'],
  ['AnsweredBy', 'answered_by'],
  ['ApiVersion', 'api_version'],
  ['ForwardedFrom', 'forwarded_from'],
  ['CallerName', 'caller_name'],
  ['Uri', 'uri'],
  ['Ring__duration', 'ring_duration'],
]);

/** A call in XML as the object that JSON has for it: the child elements that are read, under JSON's names. */
export function toMembers({ children }: XmlElement): Members {
  const members: Record<string, unknown> = {};
  for (const { name, text } of children) {
    const member = memberNames.get(name);
    if (member !== undefined) members[member] = text;
  }
  return members;
}
