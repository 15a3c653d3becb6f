import { normalizeAddress } from '../../calls/address.ts';
import type { Call } from '../../calls/call.ts';
import { isMatch } from '../../calls/filter.ts';
import type { CallFilter } from '../../calls/new-call.ts';
import type { Dialect } from './dialect.ts';
import type { ListQuery } from './list-requests.ts';
import { statusWords, toEndReason, toStatus } from './words.ts';

/**
 * The parameters that narrow a list on the server to no less than what the filter asks for, so that the
 * filter itself still has to be applied; null when no call can match at all.
 *
 * To, From, Status and ParentCallSid are SQL's LIKE there, in which `%` and `_` cannot be escaped on
 * every database, and a backslash escapes on some (CallDetailRecordFilter.java of both).
 */
export function toPushDown(filter: CallFilter, dialect: Dialect): ListQuery | null {
  const { to, from, createdAfter, parentId } = filter;
  if (parentId !== undefined && dialect.name === 'sbc') return null;
  const status = toStatusPattern(filter);
  if (status === null) return null;
  return {
    To: toAddressPattern(to),
    From: toAddressPattern(from),
    Status: status,
    ParentCallSid: parentId === undefined || isWild(parentId) ? undefined : parentId,
    StartTime: createdAfter === undefined ? undefined : toDay(createdAfter),
  };
}

/** Whether the filter asks for anything: if not, the server's count of rows is the count of calls. */
export function isEmpty(filter: CallFilter): boolean {
  return Object.values(filter).every((value) => value === undefined);
}

/** The filter itself. An address matches as it is given or by its user part, which is what is recorded. */
export function createMatcher({ to, from, ...rest }: CallFilter): (call: Call) => boolean {
  const conditions: CallFilter[][] = [[rest]];
  if (to !== undefined) conditions.push([{ to }, { to: toUserPart(to) }]);
  if (from !== undefined) conditions.push([{ from }, { from: toUserPart(from) }]);
  return (call) => conditions.every((either) => either.some((filter) => isMatch(call, filter)));
}

/**
 * What is recorded of an address is its user part: `alice` of `client:alice` and of `sip:alice@host`
 * (Restcomm-Connect Call.java), save in calls that Connect proxies between its clients.
 */
export function toUserPart(address: string): string {
  const text = address.trim();
  const user = /^(?:client:|sips?:)?(?<user>[^@?]*)/i.exec(text)?.groups?.user ?? '';
  if (text.includes('@') || /^(?:client|sips?):/i.test(text)) return user.replace(/:.*$/, '');
  // SIP headers after a number are cut off.
  return /^\+?[\d*#]+\?/.test(text) ? user : text;
}

/**
 * How many characters of a number go into a pattern. Among numbers of eleven digits, one in 360 has five given
 * digits in their order. Each `%` multiplies the work by the length of the text: HSQLDB tries every way to place
 * the digits (Like.java), so eleven of them cost 11 s on a text of 61 digits. Five take nine million comparisons
 * at worst, in a column full of one digit, and some hundred as a rule.
 */
const digitsInPattern = 5;

/**
 * The server puts a `%` in front, so a value finds whatever ends with it. A number may have been recorded
 * with blanks and brackets in it, and any text with blanks around it: a `%` lets them through.
 */
function toAddressPattern(address: string | undefined): string | undefined {
  const user = address === undefined ? '' : normalizeAddress(toUserPart(address));
  if (user === '' || isWild(user)) return undefined;
  return /^\+?\d+$/.test(user) ? `${[...user.slice(-digitsInPattern)].join('%')}%` : `${user}%`;
}

/**
 * The spellings of a status differ in case and in `_` against `-`, and not every database ignores case.
 * What they have in common is the length, and `_` stands for any one character: as many of them as the
 * word is long find every spelling of it (and of other words so long). Of two lengths neither is a superset.
 */
function toStatusPattern({ statuses, endReason }: CallFilter): string | undefined | null {
  if (statuses === undefined && endReason === undefined) return undefined;
  const isAsked = (word: string): boolean =>
    (statuses === undefined || statuses.includes(toStatus(word))) &&
    (endReason === undefined || endReason === toEndReason(word, true));
  if (isAsked('an unknown word')) return undefined;
  const lengths = new Set([...statusWords.keys()].filter(isAsked).map((word) => word.length));
  const [length] = lengths;
  if (length === undefined) return null;
  return lengths.size === 1 ? '_'.repeat(length) : undefined;
}

/**
 * StartTime asks for calls that started on a day or later, in the server's zone: the day before in UTC has
 * begun everywhere. No call starts before it is created.
 */
function toDay(instant: string): string | undefined {
  const day = new Date(Date.parse(instant) - 86_400_000).toISOString().slice(0, 10);
  return day >= '1970' ? day : undefined;
}

function isWild(text: string): boolean {
  return /[%_\\]/.test(text);
}
