import { readJson } from '../../upstream/read-json.ts';
import { isObject, toText } from '../kit/rest/json.ts';
import { parseXml, type XmlElement } from './xml.ts';

/** The two forms in which Restcomm answers. */
export type Format = 'json' | 'xml';

/** A call as it travels, in either form and dialect, by JSON's names. In XML, an empty element stands for what is absent. */
export type Members = Readonly<Record<string, unknown>>;

export type WireCall = Members & { readonly sid: string };

/**
 * A list as it travels. Of its metadata only what can be relied on is kept: `end`, the page addresses
 * and XML's `total` are wrong in ways that differ by version (Restcomm-Connect CallDetailRecordListConverter).
 */
export interface WireList<Row = unknown> {
  /** Zero-based. */
  readonly page: number | null;
  readonly pageSize: number | null;
  /** Rounded down: 0 when everything fits on one page. */
  readonly pages: number | null;
  /** The number of rows; in XML, whose `total` repeats `numpages`, only with one row a page. */
  readonly total: number | null;
  readonly uri: string | null;
  /** What stands in place of calls, whatever it is. */
  readonly rows: readonly Row[];
}

/**
 * The one call of an answer. A create is answered with an array where a client is registered on several devices, and in
 * XML with one `Call` under whatever root, or several under `Calls`. Each device is a leg that has been dialled, with a
 * record of its own. The first stands for them.
 *
 * @throws Error on the literal `null` that stands for a record not stored in time, and on all else.
 */
export function readCall(text: string, format: Format): WireCall {
  if (format === 'json') {
    const parsed: unknown = readJson(text);
    return requireCall(Array.isArray(parsed) ? parsed[0] : parsed);
  }
  const root = parseXml(text);
  const list = root.children.find(({ name }) => name === 'Calls');
  return requireCall(toMembers(childOf(list ?? root, 'Call')));
}

/** @throws Error when the answer is no list. What its rows are worth is not looked at. */
export function readList(text: string, format: Format): WireList {
  if (format === 'json') {
    const list = readJson(text);
    if (!isObject(list) || !Array.isArray(list.calls)) throw new TypeError('a list without calls');
    return toList(list, list.calls);
  }
  const element = childOf(parseXml(text), 'Calls');
  const { page, pagesize, numpages, uri } = element.attributes;
  const total = pagesize === '1' ? numpages : null;
  const metadata = { page, page_size: pagesize, num_pages: numpages, total, uri };
  return toList(metadata, element.children.map(toMembers));
}

function toList(list: Members, rows: readonly unknown[]): WireList {
  return {
    page: toNumber(list.page),
    pageSize: toNumber(list.page_size),
    pages: toNumber(list.num_pages),
    total: toNumber(list.total),
    uri: toText(list.uri),
    rows,
  };
}

function requireCall(value: unknown): WireCall {
  const sid = isObject(value) ? toText(value.sid) : null;
  if (sid === null) throw new TypeError('a call without sid');
  return value as WireCall;
}

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
function toMembers({ children }: XmlElement) {
  const members: Record<string, unknown> = {};
  for (const { name, text } of children) {
    const member = memberNames.get(name);
    if (member !== undefined) members[member] = text;
  }
  return members;
}

function childOf(parent: XmlElement, name: string): XmlElement {
  const child = parent.children.find((candidate) => candidate.name === name);
  if (child === undefined) throw new TypeError(`no ${name} in ${parent.name}`);
  return child;
}

/** More seconds, pages or calls than this there are not, and GraphQL's Int ends here. */
const MOST = 2 ** 31 - 1;

/** A whole number that is not negative: a number in JSON, digits in XML. */
export function toNumber(value: unknown): number | null {
  const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
  const isWhole = typeof number === 'number' && Number.isInteger(number);
  return isWhole && number >= 0 && number <= MOST ? number : null;
}
