import type { Instant } from '../../../calls/call.ts';

/** A moment by the calendar and a clock. Numbers that are NaN make it none. */
export interface Moment {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  readonly day: number;
  /** 24 at the end of a day. */
  readonly hour: number;
  readonly minute: number;
  /** 60 in a leap second. */
  readonly second: number;
  readonly millisecond: number;
  /** Minutes east of UTC. */
  readonly offset: number;
}

const minutesPerDay = 1440;

const twoDigits = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, '0'));

/**
 * A moment as the domain writes it; null for one that there is not (30 February, 24:01) or that the years 0 to
 * 9999 do not hold. A leap second, which is the last of a day in UTC, is read as the next second.
 *
 * Written out, since `new Date(…).toISOString()` takes four times as long and a page has hundreds of times.
 */
export function instantOf(moment: Moment): Instant | null {
  const { hour, minute, second, millisecond, offset } = moment;
  let { year, month, day } = moment;
  if (!isDay(year, month, day) || !isTime(moment)) return null;
  let minutes = 60 * hour + minute - offset;
  const isLeap = second === 60;
  if (isLeap) {
    if ((minutes + minutesPerDay) % minutesPerDay !== minutesPerDay - 1) return null;
    minutes += 1;
  }
  if (minutes < 0) {
    minutes += minutesPerDay;
    day -= 1;
    if (day === 0) {
      month -= 1;
      if (month === 0) [year, month] = [year - 1, 12];
      day = daysIn(year, month);
    }
  } else if (minutes >= minutesPerDay) {
    minutes -= minutesPerDay;
    day += 1;
    if (day > daysIn(year, month)) [month, day] = [month + 1, 1];
    if (month > 12) [year, month] = [year + 1, 1];
  }
  if (year < 0 || year > 9999) return null;
  const clock = `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:${isLeap ? '00' : two(second)}`;
  const tail = millisecond === 0 ? '000' : `${two(Math.floor(millisecond / 10))}${millisecond % 10}`;
  return `${two(Math.floor(year / 100))}${two(year % 100)}-${two(month)}-${two(day)}T${clock}.${tail}Z`;
}

function isTime({ hour, minute, second, millisecond, offset }: Moment): boolean {
  const isClock = hour >= 0 && minute >= 0 && minute <= 59 && second >= 0 && second <= 60;
  const isEnd = hour === 24 && minute === 0 && second === 0 && millisecond === 0;
  return isClock && (hour <= 23 || isEnd) && Math.abs(offset) < minutesPerDay;
}

function two(number: number): string {
  return twoDigits[number] as string;
}

/** By the Gregorian calendar, from month 1 and day 1. */
export function isDay(year: number, month: number, day: number): boolean {
  return day >= 1 && day <= daysIn(year, month);
}

/** By the Gregorian calendar; 0 for a month that there is not. */
export function daysIn(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  if (month === 4 || month === 6 || month === 9 || month === 11) return 30;
  return month >= 1 && month <= 12 ? 31 : 0;
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}
