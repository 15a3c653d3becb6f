import type { Instant } from '../../calls/call.ts';
import { toInstant as readInstant } from '../kit/dates/to-instant.ts';

/** A time of Bandwidth's; UTC where it names no zone, as all of them are (Bandwidth spec, callState). */
export function toInstant(value: unknown): Instant | null {
  return readInstant(value, { isUtc: true });
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
