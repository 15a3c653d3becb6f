import type { Instant } from '../../../calls/call.ts';
import { dateAndTime, pairAt, timeOf } from '../../../calls/time-of.ts';

/**
 * The forms of time that the providers are known to write. A page has hundreds of times, so each is matched once and
 * put together anew: `toISOString` alone takes three times as long as all of it.
 */

const minutesPerDay = 1440;
const twoDigits = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, '0'));

/**
 * A time that exists, to the second: `2013-10-08T04:51:47.671-06:00`, with up to nine digits of a fraction or none, and
 * with `Z`, `-06:00` or `-0600`.
 */
const iso = new RegExp(`^${dateAndTime}(?:\\.\\d{1,9})?(?:Z|[-+](?:[01]\\d|2[0-3]):?[0-5]\\d)$`);

/** @returns undefined for any other form, null where it is outside the years 0 to 9999 in UTC */
export function readIso(text: string): Instant | null | undefined {
  if (!iso.test(text)) return undefined;
  const zoneAt = text.length - (text.endsWith('Z') ? 1 : text[text.length - 3] === ':' ? 6 : 5);
  const fraction = zoneAt === 19 ? '000' : text.slice(20, Math.min(zoneAt, 23)).padEnd(3, '0');
  if (text[zoneAt] === 'Z') return `${text.slice(0, 19)}.${fraction}Z`;
  const size = 60 * pairAt(text, zoneAt + 1) + pairAt(text, text.length - 2);
  const offset = text[zoneAt] === '-' ? -size : size;
  const minutes = 60 * pairAt(text, 11) + pairAt(text, 14) - offset;
  const shift = Math.floor(minutes / minutesPerDay);
  const day = pairAt(text, 8) + shift;
  // Else the month in UTC may be another one.
  if (shift === 0 || (day >= 1 && day <= 28)) {
    const rest = minutes - shift * minutesPerDay;
    const clock = `${twoDigits[Math.floor(rest / 60)]}:${twoDigits[rest % 60]}${text.slice(16, 19)}`;
    return `${text.slice(0, 8)}${twoDigits[day]}T${clock}.${fraction}Z`;
  }
  return laterBy(-60_000 * offset, `${text.slice(0, 19)}.${fraction}Z`);
}

/** Null outside the years 0 to 9999, whose texts have a sign and six digits. */
export function laterBy(milliseconds: number, instant: Instant): Instant | null {
  const later = new Date(timeOf(instant) + milliseconds).toISOString();
  return later.length === instant.length ? later : null;
}

const monthNames = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
const months = new Map(monthNames.map((name, index) => [name, twoDigits[index + 1]]));

/**
 * `Fri, 5 Jul 2013 22:15:53 +0000`, with the day padded or not, with or without its name, and with `GMT` for the
 * offset.
 */
const rfc = /^(?:.{3}, )?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d\d:\d\d:\d\d) (?:GMT|([-+]\d\d:?\d\d))$/;

/** The same time in the form above, whether or not it exists; undefined for any other form. */
export function toIso(text: string): string | undefined {
  const parts = rfc.exec(text);
  if (parts === null) return undefined;
  const [, day = '', month = '', year, clock, zone = 'Z'] = parts;
  return `${year}-${months.get(month)}-${day.length === 1 ? `0${day}` : day}T${clock}${zone}`;
}
