import type { Call } from '../../calls/call.ts';
import { meaningOf } from './meaning-of.ts';

const directions: ReadonlyMap<string, Call['direction']> = new Map([
  ['inbound', 'INBOUND'],
  ['outbound', 'OUTBOUND'],
]);

/** The direction (Bandwidth spec, callState: `inbound` and `outbound`, and it never changes). */
export function toDirection(direction: string | null): Call['direction'] {
  return meaningOf(directions, direction) ?? 'UNKNOWN';
}
