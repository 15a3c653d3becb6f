import type { Instant } from '../../../calls/call.ts';
import { instantOf } from './instant-of.ts';

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const form =
  /^(?:[a-z]{3,9} ?, ?)?(\d{1,2}) ([a-z]{3}) (\d{2,4}) (\d\d) ?: ?(\d\d)(?: ?: ?(\d\d))? ?(?:([-+])(\d\d):?([0-5]\d)|([a-z]{1,3}))$/i;

/**
 * A time in any form of RFC 5322 (sections 3.3 and 4.3) and so of RFC 2822 and 822: with or without the day of the
 * week and the seconds, years of two or three digits, named zones, comments and folded white space. What names the
 * day of the week is not checked against the date.
 *
 * The letters of military zones stand for UTC, as section 4.3 has it. Other names say nothing for certain: null.
 */
export function readRfc5322(text: string): Instant | null {
  const parts = form.exec(withoutComments(text).replace(/\s+/g, ' ').trim());
  if (parts === null) return null;
  const [, day, name = '', years = '', hour, minute, seconds = '0', sign, hours, minutes, zone] = parts;
  const offset = zone === undefined ? numericOffset(sign, hours, minutes) : namedOffset(zone.toLowerCase());
  return instantOf({
    year: yearOf(years),
    month: months.indexOf(name.toLowerCase()) + 1,
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(seconds),
    millisecond: 0,
    offset,
  });
}

/** Two digits up to 49 are of this century, and three count from 1900 (RFC 5322, section 4.3). */
function yearOf(digits: string): number {
  const year = Number(digits);
  if (digits.length === 4) return year;
  return digits.length === 2 && year < 50 ? 2000 + year : 1900 + year;
}

function numericOffset(sign: string | undefined, hours: string | undefined, minutes: string | undefined) {
  const size = 60 * Number(hours) + Number(minutes);
  return sign === '-' ? -size : size;
}

/**
 * Minutes east of UTC (RFC 5322, section 4.3); NaN for any other name. `UTC` is not in it, and nothing else can be meant.
 */
function namedOffset(zone: string): number {
  if (/^(?:utc?|gmt|[a-ik-z])$/.test(zone)) return 0;
  // Eastern, central, mountain and Pacific time, standard and daylight.
  const [, region, season] = /^([ecmp])([sd])t$/.exec(zone) ?? [];
  const hours = region === undefined ? Number.NaN : 5 + 'ecmp'.indexOf(region) - (season === 'd' ? 1 : 0);
  return -60 * hours;
}

/** Comments are in brackets, may hold others, and count as white space (RFC 5322, section 3.2.2). */
function withoutComments(text: string): string {
  if (!text.includes('(')) return text;
  let kept = '';
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '\\') at += 1;
    else if (character === '(') depth += 1;
    else if (character === ')' && depth > 0) depth -= 1;
    else if (depth === 0) kept += character;
    if (depth > 0 && kept.at(-1) !== ' ') kept += ' ';
  }
  // One that does not end comments out the rest, which is then no time.
  return depth === 0 ? kept : '';
}
