import type { CallEventSource } from '../../generated/schema.ts';
import type { Call, Instant } from '../call.ts';

/** The state of a call, as one source has seen it. A source may be late, and may repeat itself. */
export interface Observation {
  readonly call: Call;
  readonly source: CallEventSource;
  /** When the call came into this state, if the source tells. */
  readonly occurredAt?: Instant | undefined;
}
