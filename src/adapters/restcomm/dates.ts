import type { Instant } from '../../calls/call.ts';
import { isPlainInstant } from '../../calls/time-of.ts';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const numerals = new Map(months.map((month, i) => [month, String(i + 1).padStart(2, '0')]));

/** `Fri, 5 Jul 2013 22:15:53 +0000`: the day is not padded, names are English whatever the server speaks. */
const rfcLike =
  /^(?:[A-Z][a-z]{2}, )?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)$/;

/** The same of a server in UTC, as most are. */
const rfcLikeInUtc = /^(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d \+0000$/;

/** `2013-10-08T04:51:47.671-06:00`, with `Z` for UTC, with or without a fraction. */
const iso = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:Z|([+-])(\d\d):?(\d\d))$/;

/**
 * A time as Restcomm writes it; null when there is none or it cannot be read. One record holds both
 * forms: created and updated are RFC-2822-like, start and end ISO 8601, and before 2014 all four were
 * ISO (Restcomm-Connect CallDetailRecordConverter).
 */
export function toInstant(text: string | null): Instant | null {
  if (text === null) return null;
  if (isPlainInstant(text)) return text;
  const rewritten = rfcLikeInUtc.test(text) ? rewrite(text) : '';
  if (isPlainInstant(rewritten)) return rewritten;
  const told = rfcLike.exec(text);
  if (told !== null) {
    const [, day, month, year, hour, minute, second, sign, hours, minutes] = told;
    const fields = [Number(year), months.indexOf(month ?? ''), Number(day), Number(hour), Number(minute)];
    return toText([...fields, Number(second), 0], offsetOf(sign, hours, minutes));
  }
  const standard = iso.exec(text);
  if (standard === null) return null;
  const [, year, month, day, hour, minute, second, fraction, sign, hours, minutes] = standard;
  const milliseconds = Number((fraction ?? '').padEnd(3, '0').slice(0, 3));
  const fields = [Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second)];
  return toText([...fields, milliseconds], offsetOf(sign, hours, minutes));
}

/**
 * `rfcLikeInUtc` as an instant, if it is one. The digits are taken from where they stand, counted from the
 * end: a page has hundreds of such times, and taking each apart was a tenth of what it cost.
 */
function rewrite(text: string): string {
  const day = text.slice(-26, -24).trim().padStart(2, '0');
  const month = numerals.get(text.slice(-23, -20));
  return `${text.slice(-19, -15)}-${month}-${day}T${text.slice(-14, -6)}.000Z`;
}

/** Minutes east of UTC. */
function offsetOf(sign = '+', hours = '0', minutes = '0'): number {
  const size = Number(hours) * 60 + Number(minutes);
  return sign === '-' ? -size : size;
}

/** Null for a thirteenth month, a 30th of February, an hour 24: what a Date would silently carry over. */
function toText(fields: readonly number[], offset: number): Instant | null {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, millisecond = 0] = fields;
  const date = new Date(0);
  date.setUTCFullYear(year, month, day);
  if (date.getUTCMonth() !== month || date.getUTCDate() !== day) return null;
  if (hour > 23 || minute > 59 || second > 59) return null;
  date.setUTCHours(hour, minute - offset, second, millisecond);
  const text = date.toISOString();
  return text.length === 24 ? text : null;
}
