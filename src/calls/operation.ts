import type { Abortable } from '../runtime/cancellation.ts';

/**
 * The GraphQL operation on whose behalf a provider is asked: the last parameter of all that waits.
 * Its signal is the deadline and the client's going away in one; the counts end up in the log line.
 */
export interface Operation {
  readonly signal: Abortable;
  /** The deadline alone, for what the client's going away must not cut off; `signal` if absent. */
  readonly deadline?: Abortable;
  /** When the deadline is, in milliseconds as `performance.now()` counts. */
  readonly endsAt?: number;
  /** Requests sent to providers so far. */
  requests: number;
  /** Milliseconds spent waiting for them, summed over parallel requests. */
  milliseconds: number;
  /** To be told just before the first byte of a write is handed to the socket. */
  onSend?(): void;
}
