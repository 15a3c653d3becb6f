import type { Instant } from '../../../calls/call.ts';

/** A moment by a calendar and a clock. A NaN anywhere makes it invalid. */
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
 * A moment as the domain writes it; null for one that does not exist (30 February, 24:01) or is outside the years 0 to
 * 9999. A leap second, which is the last of a day in UTC, is read as the next second.
 *
 * `toISOString` takes four times as long as putting the digits together, and a page has hundreds of times: it is left
 * to those that are in another month in UTC.
 */
export function instantOf(moment: Moment): Instant | null {
  const { year, month, day, second, millisecond } = moment;
  if (!isDay(year, month, day) || !isTime(moment)) return null;
  const minutes = 60 * moment.hour + moment.minute - moment.offset;
  const shift = Math.floor(minutes / minutesPerDay);
  const dayInUtc = day + shift;
  if (second < 60 && (shift === 0 || (dayInUtc >= 1 && dayInUtc <= 28))) {
    const date = `${two(Math.floor(year / 100))}${two(year % 100)}-${two(month)}-${two(dayInUtc)}`;
    const rest = minutes - shift * minutesPerDay;
    const clock = `${two(Math.floor(rest / 60))}:${two(rest % 60)}:${two(second)}`;
    const tail = millisecond === 0 ? '000' : `${two(Math.floor(millisecond / 10))}${millisecond % 10}`;
    return `${date}T${clock}.${tail}Z`;
  }
  if (second === 60 && (minutes + minutesPerDay) % minutesPerDay !== minutesPerDay - 1) return null;
  const date = timeOfDay(year, month, day);
  const instant = new Date(date + 60_000 * minutes + 1_000 * second + millisecond).toISOString();
  // A year before 0 or after 9999 has a sign and six digits.
  return instant.length === 24 ? instant : null;
}

function isTime({ hour, minute, second, millisecond, offset }: Moment): boolean {
  const isClock = hour >= 0 && minute >= 0 && minute <= 59 && second >= 0 && second <= 60;
  const isEnd = hour === 24 && minute === 0 && second === 0 && millisecond === 0;
  return isClock && (hour <= 23 || isEnd) && Math.abs(offset) < minutesPerDay;
}

function two(number: number): string {
  return twoDigits[number] as string;
}

/** Milliseconds since the epoch. Unlike `Date.UTC` for years before 100, too. */
export function timeOfDay(year: number, month: number, day: number): number {
  return new Date(0).setUTCFullYear(year, month - 1, day);
}

/** By the Gregorian calendar, from month 1 and day 1. */
function isDay(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1 || day > 31) return false;
  return day <= 28 || new Date(timeOfDay(year, month, day)).getUTCDate() === day;
}
