import type { Instant } from '../../../calls/call.ts';
import { instantOf, isDay } from './instant-of.ts';

/**
 * The forms of time that the providers are known to write, read digit by digit: a page has hundreds of times, and
 * regular expressions with `Date` took ten to fifty times as long over each. Everything else goes the long way.
 */

const zero = '0'.charCodeAt(0);
const colon = ':'.charCodeAt(0);
const dash = '-'.charCodeAt(0);
const plus = '+'.charCodeAt(0);
const dot = '.'.charCodeAt(0);
const space = ' '.charCodeAt(0);

const months: ReadonlyMap<string, number> = new Map(
  ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'].map((name, i) => [
    name,
    i + 1,
  ]),
);

/** No digits, and no offset. */
const none = Number.NaN;

/**
 * `2013-10-08T04:51:47.671-06:00`, with up to nine digits of a fraction or none, and with `Z`, `-06:00` or `-0600`.
 *
 * @returns undefined for any other form, null for a moment that there is not
 */
export function readCommonIso(text: string): Instant | null | undefined {
  const isDate = text.charCodeAt(4) === dash && text.charCodeAt(7) === dash && text[10] === 'T';
  if (!isDate || text.charCodeAt(13) !== colon || text.charCodeAt(16) !== colon) return undefined;
  const end = text.charCodeAt(19) === dot ? endOfDigits(text, 20) : 19;
  const offset = text[end] === 'Z' && text.length === end + 1 ? 0 : offsetAt(text, end);
  const year = 100 * pairAt(text, 0) + pairAt(text, 2);
  const month = pairAt(text, 5);
  const day = pairAt(text, 8);
  const hour = pairAt(text, 11);
  const minute = pairAt(text, 14);
  const second = pairAt(text, 17);
  const millisecond = end === 19 ? 0 : millisecondsAt(text, 20, end);
  // NaN where any of them is.
  if (!(year + month + day + hour + minute + second + millisecond + offset < 1e6)) return undefined;
  if (offset === 0 && end === 19 && hour < 24 && second < 60 && minute < 60 && isDay(year, month, day)) {
    return `${text.slice(0, 19)}.000Z`;
  }
  return instantOf({ year, month, day, hour, minute, second, millisecond, offset });
}

/**
 * `Fri, 5 Jul 2013 22:15:53 +0000`, with the day padded or not, with or without its name, and with `GMT` for the
 * offset.
 *
 * @returns as above
 */
export function readCommonRfc(text: string): Instant | null | undefined {
  const start = text.charCodeAt(3) === 44 && text.charCodeAt(4) === space ? 5 : 0;
  const isPadded = text.charCodeAt(start + 1) !== space;
  const day = isPadded ? pairAt(text, start) : digitAt(text, start);
  const at = start + (isPadded ? 2 : 1);
  const isDate = text.charCodeAt(at) === space && text.charCodeAt(at + 4) === space;
  const isTime = text.charCodeAt(at + 12) === colon && text.charCodeAt(at + 15) === colon;
  if (!isDate || !isTime || text.charCodeAt(at + 9) !== space || text.charCodeAt(at + 18) !== space) {
    return undefined;
  }
  const month = months.get(text.slice(at + 1, at + 4)) ?? none;
  const year = 100 * pairAt(text, at + 5) + pairAt(text, at + 7);
  const hour = pairAt(text, at + 10);
  const minute = pairAt(text, at + 13);
  const second = pairAt(text, at + 16);
  const offset = text.endsWith(' GMT') && text.length === at + 22 ? 0 : offsetAt(text, at + 19);
  if (!(year + month + day + hour + minute + second + offset < 1e6)) return undefined;
  return instantOf({ year, month, day, hour, minute, second, millisecond: 0, offset });
}

/** Minutes east of UTC by `-06:00` or `-0600`, which the text must end with; NaN for anything else. */
function offsetAt(text: string, at: number): number {
  const sign = text.charCodeAt(at);
  if (sign !== plus && sign !== dash) return none;
  const minutesAt = text.charCodeAt(at + 3) === colon ? at + 4 : at + 3;
  if (text.length !== minutesAt + 2) return none;
  const minutes = pairAt(text, minutesAt);
  const size = minutes > 59 ? none : 60 * pairAt(text, at + 1) + minutes;
  return sign === dash ? -size : size;
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

function pairAt(text: string, at: number): number {
  return 10 * digitAt(text, at) + digitAt(text, at + 1);
}

function digitAt(text: string, at: number): number {
  const digit = text.charCodeAt(at) - zero;
  return digit >= 0 && digit <= 9 ? digit : none;
}
