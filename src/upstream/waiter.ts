import type { Abortable } from '../runtime/cancellation.ts';
import type { OperationSpan } from '../runtime/span.ts';

/** Who waits for a request: when it gives up, and where its requests and waiting time are counted. */
export interface Waiter {
  readonly signal: Abortable;
  /** When the signal fires at the latest, in milliseconds of `performance.now()`; absent if unknown. */
  readonly endsAt?: number;
  /** Requests written to a socket so far, or about to be written. */
  requests: number;
  /** Milliseconds spent waiting for responses. */
  milliseconds: number;
  /** The span that the spans of its requests are children of. */
  readonly span?: OperationSpan | undefined;
  /** How many times the request was sent before; absent if it is not retried. */
  readonly resends?: number;
  /** Called just before the first byte is written. If the signal fires earlier, nothing is sent. */
  onSend?(): void;
}
