import type { Instant } from '../../calls/call.ts';
import { toInstant as readInstant } from '../kit/dates/to-instant.ts';

/**
 * A time as Restcomm writes it. One record holds two forms: created and updated are RFC-2822-like, start and end
 * ISO 8601, and before 2014 all four were ISO (Restcomm-Connect CallDetailRecordConverter). They are times of the
 * server's zone, which nobody tells: one without an offset is no moment, and null.
 */
export function toInstant(text: string | null): Instant | null {
  return readInstant(text, { isUtc: false });
}
