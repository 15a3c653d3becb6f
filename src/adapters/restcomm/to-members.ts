import type { XmlElement } from './xml.ts';

/** A JSON object before anything is known of its members. */
export type Members = Readonly<Record<string, unknown>>;

/** The members of a call that are read. In XML they are called `DateCreated` and the like. */
const members =
  'sid date_created date_updated parent_call_sid to from phone_number_sid status start_time end_time duration price ' +
  'price_unit direction answered_by api_version forwarded_from caller_name uri';

/** XStream doubles the underscore of `Ring_duration`. */
const memberNames: ReadonlyMap<string, string> = new Map([
  ...members.split(' ').map((name) => [toXmlName(name), name] as const),
  ['InstanceId', 'InstanceId'],
  ['Ring__duration', 'ring_duration'],
]);

function toXmlName(member: string): string {
  return member.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** A call in XML as the object that JSON has for it: the child elements that are read, under JSON's names. */
export function toMembers({ children }: XmlElement): Members {
  const members: Record<string, unknown> = {};
  for (const { name, text } of children) {
    const member = memberNames.get(name);
    if (member !== undefined) members[member] = text;
  }
  return members;
}
