import type { Instant } from '../../calls/call.ts';
import { isPlainInstant } from '../../calls/time-of.ts';

const readable =
  /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s?([Zz]|[+-]\d\d(?::?\d\d)?)?$/;

/**
 * An ISO 8601 time as the domain writes it, whatever its precision and offset; UTC where it names no
 * zone, as all of Bandwidth's times are. Null where it cannot be read.
 */
export function toInstant(value: unknown): Instant | null {
  if (typeof value !== 'string') return null;
  if (isPlainInstant(value)) return value;
  const [, date, time, second = '00', fraction = '', zone = 'Z'] = readable.exec(value.trim()) ?? [];
  if (date === undefined || !isDay(date)) return null;
  const offset = zone.length === 3 ? `${zone}:00` : zone.toUpperCase();
  const milliseconds = Date.parse(
    `${date}T${time}:${second}.${fraction.padEnd(3, '0').slice(0, 3)}${offset}`,
  );
  if (Number.isNaN(milliseconds)) return null;
  const instant = new Date(milliseconds).toISOString();
  // Years beyond four digits, which an offset can lead to, have a longer form.
  return instant.length === 24 ? instant : null;
}

const [earliest, latest] = ['0000-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z'].map(Date.parse) as [
  number,
  number,
];

/**
 * A bound to compare instants with, which as texts compare as the times do, and at a tenth of the cost of
 * reading each. What four digits of a year cannot hold becomes the nearest that they can.
 *
 * @param milliseconds since the epoch
 */
export function toBound(milliseconds: number): Instant {
  return new Date(Math.min(Math.max(milliseconds, earliest), latest)).toISOString();
}

/** Date.parse takes February 31 for March 3. */
function isDay(date: string): boolean {
  const midnight = Date.parse(`${date}T00:00Z`);
  return !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(date);
}
