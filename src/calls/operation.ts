import type { Abortable } from '../runtime/cancellation.ts';

/**
 * The GraphQL operation for which requests are sent to providers: the last parameter of every function that waits for
 * one. The counts appear in the log line of the operation.
 */
export interface Operation {
  /** Fires at the deadline, or when the client disconnects. */
  readonly signal: Abortable;
  /** Fires at the deadline only, for a write that a disconnect must not abort. `signal` if absent. */
  readonly deadline?: Abortable;
  /** The deadline, in milliseconds of `performance.now()`. */
  readonly endsAt?: number;
  /** Requests sent to providers so far. */
  requests: number;
  /** Milliseconds spent waiting for responses, summed over parallel requests. */
  milliseconds: number;
  /** Called just before the first byte of a write is handed to the socket. */
  onSend?(): void;
}
