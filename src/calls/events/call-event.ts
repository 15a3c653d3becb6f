import type { CallEventKind, CallEventSource, CallStatus } from '../../generated/schema.ts';
import type { Call, Instant } from '../call.ts';

/** A change of a call, or a gap in what is known of changes. */
export interface CallEvent {
  /** The position in the log of events, opaque. */
  readonly cursor: string;
  readonly kind: CallEventKind;
  /** The call after the change; null in a GAP. */
  readonly call: Call | null;
  /** Null where it is not known. */
  readonly previousStatus: CallStatus | null;
  /** By the provider's clock where it tells, else when the change became known. */
  readonly occurredAt: Instant;
  readonly source: CallEventSource;
}
