import type { CallEventSource } from '../../generated/schema.ts';
import type { Call, Instant } from '../call.ts';
import type { CallKey } from '../call-loader.ts';
import type { CallEvent } from './call-event.ts';

/** The state of a call, as one source has seen it. A source may be late, and may repeat itself. */
export interface Observation {
  readonly call: Call;
  readonly source: CallEventSource;
  /** When the call came into this state, if the source tells. */
  readonly occurredAt?: Instant | undefined;
}

/** Which events a subscriber gets. */
export interface EventRequest {
  /** The accounts whose calls are followed. */
  readonly accountKeys: readonly string[];
  /** Only this call. */
  readonly call?: CallKey | undefined;
  /** The cursor of the event before the first one; absent to begin now. */
  readonly after?: string | undefined;
  /** Ends the stream where the log ends at the time, in place of waiting for more: for a call that has ended. */
  readonly isReplay?: boolean | undefined;
  /** Ends the stream. */
  readonly signal: AbortSignal;
}

/**
 * The changes of all calls: observations in, events out. All sources (webhooks, polls, changes made through this API)
 * meet here. An observation becomes an event if and only if it takes the call forward, for all processes that share
 * the store together.
 */
export interface CallEvents {
  /** Resolves once the event, if it is one, is in the log. Never rejects: what cannot be told becomes a GAP. */
  observe(observation: Observation): Promise<void>;

  /** Reads a call that was changed through this API soon, if somebody subscribes to its account. Never rejects. */
  readSoon(key: CallKey): Promise<void>;

  /**
   * The events after a cursor, one by one: the next one is read from the log when it is asked for, and none is queued for
   * the subscriber. A stream without `after` begins at the time of this call, not of the first `next`. Accounts without
   * webhooks are polled while somebody subscribes to them.
   *
   * @throws Refusal INVALID_INPUT when `after` is not a cursor
   */
  subscribe(request: EventRequest): AsyncIterableIterator<CallEvent>;

  /** The events of one call that the log still holds, oldest first. */
  timeline(key: CallKey): Promise<readonly CallEvent[]>;

  /** Ends all streams and polls. */
  close(): Promise<void>;
}
