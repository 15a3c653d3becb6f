import type { Instant } from '../../../calls/call.ts';
import { daysIn, instantOf } from './instant-of.ts';

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

interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

function dateOf({ year: digits, month, month2, day, day2, ordinal, week, weekday }: Parts): Day | undefined {
  const year = Number(digits);
  if (ordinal !== undefined) return dayOf(year, Number(ordinal));
  if (week === undefined) return { year, month: Number(month ?? month2), day: Number(day ?? day2) };
  const monday = mondayOfFirstWeek(year);
  const nth = monday + 7 * (Number(week) - 1) + Number(weekday) - 1;
  // A year has as many weeks as lie before the first one of the next.
  const isWeek = Number(week) >= 1 && nth < daysOfYear(year) + mondayOfFirstWeek(year + 1);
  if (!isWeek) return undefined;
  if (nth < 1) return dayOf(year - 1, daysOfYear(year - 1) + nth);
  return nth > daysOfYear(year) ? dayOf(year + 1, nth - daysOfYear(year)) : dayOf(year, nth);
}

/** The day of the year, counted from 1, may be before it: the first week is the one with 4 January in it. */
function mondayOfFirstWeek(year: number): number {
  const fourth = new Date(0);
  fourth.setUTCFullYear(year, 0, 4);
  return 4 - ((fourth.getUTCDay() + 6) % 7);
}

function dayOf(year: number, ordinal: number): Day | undefined {
  let day = ordinal;
  for (let month = 1; month <= 12; month += 1) {
    if (day >= 1 && day <= daysIn(year, month)) return { year, month, day };
    day -= daysIn(year, month);
  }
  return undefined;
}

function daysOfYear(year: number): number {
  return 337 + daysIn(year, 2);
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
