import type { Call } from '../../calls/call.ts';
import { type Meanings, meaningOf, spelled } from '../kit/meaning-of.ts';

/**
 * `outbound` is SBC's word, `outbound-api` that of every outbound leg at Connect; `outbound-dial` is
 * documented, but only callbacks carry it. `Client-To-Client`, a call that Connect proxies between its
 * clients, is neither in nor out (Restcomm-Connect Call.java, B2BUAHelper.java).
 */
const directions: Meanings<Call['direction']> = spelled<Call['direction']>([
  ['inbound', 'INBOUND'],
  ['outbound', 'OUTBOUND'],
  ['outbound-api', 'OUTBOUND'],
  ['outbound-dial', 'OUTBOUND'],
]);

export function toDirection(word: string): Call['direction'] {
  return meaningOf(directions, word) ?? 'UNKNOWN';
}
