import type { Call } from '../../calls/call.ts';
import { toWord } from './to-word.ts';

/** The direction (Bandwidth spec, callState: `inbound` and `outbound`, and it never changes). */
export function toDirection(direction: string | null): Call['direction'] {
  switch (toWord(direction)) {
    case 'inbound':
      return 'INBOUND';
    case 'outbound':
      return 'OUTBOUND';
    default:
      return 'UNKNOWN';
  }
}
