import type { Instant } from '../../../calls/call.ts';
import { instantOf } from './instant-of.ts';

/**
 * The forms of time that the providers are known to write, read digit by digit: a page has hundreds of times, and
 * regular expressions with `Date` took ten to fifty times as long over each. Everything else goes the long way.
 */

const monthNames = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
const months: ReadonlyMap<string, number> = new Map(monthNames.map((name, index) => [name, index + 1]));

/** No digits, and no offset. */
const none = Number.NaN;

/**
 * `2013-10-08T04:51:47.671-06:00`, with up to nine digits of a fraction or none, and with `Z`, `-06:00` or `-0600`.
 *
 * @returns undefined for any other form, null for a moment that there is not
 */
export function readCommonIso(text: string): Instant | null | undefined {
  if (text[4] !== '-' || text[7] !== '-' || text[10] !== 'T') return undefined;
  const end = text[19] === '.' ? endOfDigits(text, 20) : 19;
  const millisecond = end === 19 ? 0 : millisecondsAt(text, 20, end);
  const offset = text[end] === 'Z' && text.length === end + 1 ? 0 : offsetAt(text, end);
  return readMoment(text, 11, yearAt(text, 0), pairAt(text, 5), pairAt(text, 8), millisecond, offset);
}

/**
 * `Fri, 5 Jul 2013 22:15:53 +0000`, with the day padded or not, with or without its name, and with `GMT` for the
 * offset.
 *
 * @returns as above
 */
export function readCommonRfc(text: string): Instant | null | undefined {
  const start = text[3] === ',' && text[4] === ' ' ? 5 : 0;
  const isPadded = text[start + 1] !== ' ';
  const day = isPadded ? pairAt(text, start) : digitAt(text, start);
  const at = start + (isPadded ? 2 : 1);
  if (text[at] !== ' ' || text[at + 4] !== ' ' || text[at + 9] !== ' ' || text[at + 18] !== ' ')
    return undefined;
  const month = months.get(text.slice(at + 1, at + 4)) ?? none;
  const offset = text.endsWith(' GMT') && text.length === at + 22 ? 0 : offsetAt(text, at + 19);
  return readMoment(text, at + 10, yearAt(text, at + 5), month, day, 0, offset);
}

/** With the time of day at an index, such as `22:15:53`. Undefined where any part is none. */
function readMoment(
  text: string,
  at: number,
  year: number,
  month: number,
  day: number,
  millisecond: number,
  offset: number,
): Instant | null | undefined {
  const hour = pairAt(text, at);
  const minute = pairAt(text, at + 3);
  const second = pairAt(text, at + 6);
  const isRead = year + month + day + hour + minute + second + millisecond + offset < 1e6;
  if (!isRead || text[at + 2] !== ':' || text[at + 5] !== ':') return undefined;
  return instantOf({ year, month, day, hour, minute, second, millisecond, offset });
}

/** Minutes east of UTC by `-06:00` or `-0600`, which the text must end with; NaN for anything else. */
function offsetAt(text: string, at: number): number {
  const sign = text[at];
  if (sign !== '+' && sign !== '-') return none;
  const minutesAt = text[at + 3] === ':' ? at + 4 : at + 3;
  const minutes = pairAt(text, minutesAt);
  if (text.length !== minutesAt + 2 || minutes > 59) return none;
  const size = 60 * pairAt(text, at + 1) + minutes;
  return sign === '-' ? -size : size;
}

/** The end of one to nine digits; -1 where there are none, or more. */
function endOfDigits(text: string, start: number): number {
  let end = start;
  while (end - start < 10 && digitAt(text, end) >= 0) end += 1;
  return end === start || end - start > 9 ? -1 : end;
}

/** Thousandths of a second by the first three digits of a fraction. */
function millisecondsAt(text: string, start: number, end: number): number {
  const tens = digitAt(text, start) * 100;
  const tenths = end - start > 1 ? digitAt(text, start + 1) * 10 : 0;
  return tens + tenths + (end - start > 2 ? digitAt(text, start + 2) : 0);
}

function yearAt(text: string, at: number): number {
  return 100 * pairAt(text, at) + pairAt(text, at + 2);
}

function pairAt(text: string, at: number): number {
  return 10 * digitAt(text, at) + digitAt(text, at + 1);
}

function digitAt(text: string, at: number): number {
  const digit = text.charCodeAt(at) - 48;
  return digit >= 0 && digit <= 9 ? digit : none;
}
