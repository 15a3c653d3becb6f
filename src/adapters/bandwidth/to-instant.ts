import type { Instant } from '../../calls/call.ts';
import { toInstant as readInstant } from '../kit/dates/to-instant.ts';

/** A time of Bandwidth's; UTC where it names no zone, as all of them are (Bandwidth spec, callState). */
export function toInstant(value: unknown): Instant | null {
  return readInstant(value, { isUtc: true });
}
