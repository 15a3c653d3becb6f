import type { Abortable } from '../cancellation.ts';

/**
 * The GraphQL operation on whose behalf a provider is asked: the last parameter of all that waits.
 * Its signal is the deadline and the client's going away in one; the counts end up in the log line.
 */
export interface Operation {
  readonly signal: Abortable;
  /** The deadline alone, where a client's going away must not cut things off; `signal` if absent. */
  readonly deadline?: Abortable;
  /** When the deadline is, in milliseconds as `performance.now()` counts. */
  readonly endsAt?: number;
  /** Requests sent to providers so far. */
  requests: number;
  /** Milliseconds spent waiting for them, summed over parallel requests. */
  milliseconds: number;
}

/**
 * The same operation for a write: a client that leaves while a call is being placed would only make its
 * outcome unknown, so just the deadline ends it.
 */
export function outlastingClient(operation: Operation): Operation {
  return {
    signal: operation.deadline ?? operation.signal,
    ...(operation.endsAt !== undefined && { endsAt: operation.endsAt }),
    get requests() {
      return operation.requests;
    },
    set requests(requests) {
      operation.requests = requests;
    },
    get milliseconds() {
      return operation.milliseconds;
    },
    set milliseconds(milliseconds) {
      operation.milliseconds = milliseconds;
    },
  };
}
