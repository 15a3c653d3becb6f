import type { Abortable } from '../runtime/cancellation.ts';

/** What an operation has taken of one account. */
export interface AccountUsage {
  requests: number;
  /** Spent waiting for responses, summed over parallel requests. */
  milliseconds: number;
}

/**
 * The GraphQL operation for which requests are sent to providers: the last parameter of every function that waits for
 * one. The ids and counts appear in the log line of the operation.
 */
export interface Operation {
  /** The id of the client's request, in its response and in the log. */
  readonly requestId?: string | undefined;
  /** The trace that the client's request belongs to (W3C Trace Context, section 3.2.2.3). */
  readonly traceId?: string | undefined;
  /** By account key, for the accounts to which requests were sent. */
  readonly usage?: Map<string, AccountUsage>;
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
