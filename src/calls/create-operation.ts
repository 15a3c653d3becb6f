import { type Abortable, Cancellation } from '../runtime/cancellation.ts';
import type { Operation } from './operation.ts';

/** An operation that holds a timer until it ends. */
export interface RunningOperation extends Operation {
  /** Clears the timer. Call it once the client has its result. */
  end(): void;
}

/**
 * Creates the cancellation of an operation: reads and writes are aborted after `milliseconds`, reads also when `client`
 * fires. A write continues to the deadline: aborting it would only make its outcome unknown.
 *
 * @param client fires when nobody waits for the result any more
 * @param onEnd called once: when the operation ends, or at its deadline
 */
export function createOperation(
  milliseconds: number,
  client?: Abortable,
  { requestId, traceId, span }: Pick<Operation, 'requestId' | 'traceId' | 'span'> = {},
  onEnd: () => void = () => undefined,
): RunningOperation {
  const reading = new Cancellation();
  const writing = new Cancellation();
  let hasEnded = false;
  const finish = () => {
    if (!hasEnded) onEnd();
    hasEnded = true;
  };
  const timer = setTimeout(() => {
    const reason = new Error('the deadline has passed');
    reading.abort(reason);
    writing.abort(reason);
    finish();
  }, milliseconds);
  timer.unref();
  const onAbort = { handleEvent: () => reading.abort(new Error('the client has disconnected')) };
  if (client?.aborted) onAbort.handleEvent();
  else client?.addEventListener('abort', onAbort, { once: true });
  const endsAt = performance.now() + milliseconds;
  return {
    requestId,
    traceId,
    span,
    signal: reading,
    deadline: writing,
    endsAt,
    usage: new Map(),
    requests: 0,
    milliseconds: 0,
    rows: 0,
    end() {
      clearTimeout(timer);
      client?.removeEventListener('abort', onAbort);
      finish();
    },
  };
}
