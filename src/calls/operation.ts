import type { Abortable } from '../runtime/cancellation.ts';
import type { OperationSpan } from '../runtime/span.ts';

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
  /** The identity of the caller, by which the documents that this server keeps are counted; absent in reads of this server. */
  readonly callerId?: string | undefined;
  /** The id of the client's request, in its response and in the log. */
  readonly requestId?: string | undefined;
  /** The trace that the client's request belongs to (W3C Trace Context, section 3.2.2.3). */
  readonly traceId?: string | undefined;
  /** The span of the operation; absent if nobody records traces. */
  readonly span?: OperationSpan | undefined;
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
  /** Calls read from the lists of providers, whether or not they match; absent means 0. */
  rows?: number;
  /** What it has cost of the caller's rate limit, once it has ended. */
  points?: number;
  /** When it was accepted, and when it had its result, in milliseconds of `performance.now()`. */
  acceptedAt?: number;
  endedAt?: number;
  /** Called just before the first byte of a write is handed to the socket. */
  onSend?(): void;
}
