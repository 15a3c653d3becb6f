import type { Instant } from '../../../calls/call.ts';
import { daysIn, instantOf, type Moment, timeOfDay } from './instant-of.ts';

/** Calendar, ordinal or week date, extended or basic; `T` or, as RFC 3339 allows, a space; time; zone. */
const form = new RegExp(
  [
    /^(?<year>\d{4})(?:-(?<month>\d\d)-(?<day>\d\d)|(?<month2>\d\d)(?<day2>\d\d)|-?(?<ordinal>\d{3})|-?W(?<week>\d\d)-?(?<weekday>[1-7]))/,
    /[T ](?<hour>\d\d)(?::?(?<minute>\d\d)(?::?(?<second>\d\d))?)?(?:[.,](?<fraction>\d{1,30}))?/,
    /\s?(?<zone>Z|(?<sign>[-+\u2212])(?<hours>\d\d)(?::?(?<minutes>[0-5]\d))?)?$/,
  ]
    .map(({ source }) => source)
    .join(''),
  'i',
);

/**
 * A time in any form of ISO 8601 that says what moment it is: calendar, ordinal and week dates, basic and extended,
 * with a time of at least an hour, whose last unit may have a decimal fraction. A year has four digits. A date alone
 * is no moment. Fractions of a millisecond are cut off.
 *
 * @param isUtc whether a time that names no zone is one in UTC; else it is no moment
 */
export function readIso8601(text: string, isUtc: boolean): Instant | null {
  const parts = form.exec(text)?.groups;
  if (parts === undefined || (parts.zone === undefined && !isUtc)) return null;
  const date = dateOf(parts);
  if (date === undefined) return null;
  const time = timeOf(parts);
  const { sign = '+', hours = '0', minutes = '0' } = parts;
  const size = 60 * Number(hours) + Number(minutes);
  return instantOf({ ...date, ...time, offset: sign === '+' ? size : -size });
}

type Parts = Readonly<Record<string, string | undefined>>;
type Day = Pick<Moment, 'year' | 'month' | 'day' | 'daysLater'>;

function dateOf({ year: digits, month, month2, day, day2, ordinal, week, weekday }: Parts): Day | undefined {
  const year = Number(digits);
  if (ordinal !== undefined) {
    const daysLater = Number(ordinal) - 1;
    const isInYear = daysLater >= 0 && daysLater < 337 + daysIn(year, 2);
    return isInYear ? { year, month: 1, day: 1, daysLater } : undefined;
  }
  if (week === undefined) return { year, month: Number(month ?? month2), day: Number(day ?? day2) };
  const date = firstMonday(year) + 7 * (Number(week) - 1) + Number(weekday) - 1;
  // A year has as many weeks as begin before the first week of the next.
  const isWeek = Number(week) >= 1 && date < firstMonday(year + 1);
  return isWeek
    ? { year, month: 1, day: 1, daysLater: date - timeOfDay(year, 1, 1) / 86_400_000 }
    : undefined;
}

/** Where week 1 begins, the one with 4 January in it, in days since the epoch, a Thursday. */
function firstMonday(year: number): number {
  const fourth = timeOfDay(year, 1, 4) / 86_400_000;
  return fourth - ((((fourth + 3) % 7) + 7) % 7);
}

/** A fraction is one of the last unit that is written. */
function timeOf({ hour, minute, second, fraction = '' }: Parts) {
  const clock = { hour: Number(hour), minute: Number(minute ?? 0), second: Number(second ?? 0) };
  if (second !== undefined) return { ...clock, millisecond: Number(fraction.padEnd(3, '0').slice(0, 3)) };
  const unit = minute === undefined ? 3_600_000 : 60_000;
  // Decimal fractions are no exact numbers: 0.35 h must not lack a millisecond.
  const milliseconds = Math.floor(Number(`0.${fraction}0`) * unit + 1e-6);
  return {
    hour: clock.hour,
    minute: clock.minute + Math.floor(milliseconds / 60_000),
    second: Math.floor(milliseconds / 1_000) % 60,
    millisecond: milliseconds % 1_000,
  };
}
