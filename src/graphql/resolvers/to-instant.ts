import type { Instant } from '../../calls/call.ts';

const shape =
  /^(\d{4}-\d\d-\d\d)[Tt]((?:[01]\d|2[0-3]):[0-5]\d:)([0-5]\d|60)(\.\d{1,9})?([Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/**
 * Converts an RFC 3339 timestamp with any offset to UTC with milliseconds; further digits are truncated. A leap second
 * is accepted in the last minute of any UTC day (RFC 3339, section 5.7 and appendix D), because leap seconds are
 * announced only half a year ahead. It is converted to the second after it, as in POSIX time.
 *
 * @throws RangeError for any other value, with a message for the client
 */
export function toInstant(value: unknown): Instant {
  const match = typeof value === 'string' ? shape.exec(value) : null;
  if (match === null) {
    throw new RangeError('A DateTime is RFC 3339 text with an offset, e.g. "2026-11-21T06:20:00Z".');
  }
  const [, date = '', minute = '', second = '', fraction = '', offset = ''] = match;
  const isLeap = second === '60';
  const text = `${date}T${minute}${isLeap ? '59' : second}${fraction.slice(0, 4)}${offset.toUpperCase()}`;
  const moment = new Date(text);
  // Date.parse accepts 30 February as a day in March, so compare the date.
  const day = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== date) {
    throw new RangeError('A DateTime must name a day that there is.');
  }
  if (isLeap) {
    if (moment.getUTCHours() !== 23 || moment.getUTCMinutes() !== 59) {
      throw new RangeError('A DateTime has a second 60 only at the end of a day in UTC, 23:59:60Z.');
    }
    moment.setTime(moment.getTime() + 1000);
  }
  const instant = moment.toISOString();
  // An offset may lead to a year without four digits, where instants no longer sort as text.
  if (/^\d{4}-/.test(instant)) return instant;
  throw new RangeError('A DateTime must be within the years 0000 to 9999 in UTC.');
}
