import type { CallEvent as SchemaCallEvent } from '../../generated/schema.ts';
import type { Call } from '../call.ts';

/** A change of a call, or a gap in what is known of changes. */
export interface CallEvent extends Required<Omit<SchemaCallEvent, 'call'>> {
  /** The call after the change; null in a GAP. */
  readonly call: Call | null;
}
