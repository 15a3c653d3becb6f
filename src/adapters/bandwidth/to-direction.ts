import type { Call } from '../../calls/call.ts';
import { type Meanings, meaningOf, spelled } from '../kit/meaning-of.ts';

const directions: Meanings<Call['direction']> = spelled<Call['direction']>([
  ['inbound', 'INBOUND'],
  ['outbound', 'OUTBOUND'],
]);

/** The direction (Bandwidth spec, callState: `inbound` and `outbound`, and it never changes). */
export function toDirection(direction: string | null): Call['direction'] {
  return meaningOf(directions, direction) ?? 'UNKNOWN';
}
