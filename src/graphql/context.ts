import type { ServerResponse } from 'node:http';
import type { Caller } from '../access/caller.ts';
import { Calls, type CallsParts } from '../calls/calls.ts';
import type { Operation } from '../calls/operation.ts';
import { Cancellation } from '../runtime/cancellation.ts';

/** What a resolver gets, made once per request. */
export interface Context {
  readonly calls: Calls;
  readonly operation: Operation;
  readonly caller: Caller;
}

export function createContext(parts: CallsParts, operation: Operation, caller: Caller): Context {
  return { calls: new Calls(parts, operation, caller), operation, caller };
}

/**
 * An operation that ends when `milliseconds` have passed, or when the client goes away before it has its
 * answer. Holds no timer once it is answered.
 */
export function createOperation(milliseconds: number, response: ServerResponse): Operation {
  const reading = new Cancellation();
  const writing = new Cancellation();
  const timer = setTimeout(() => {
    const reason = new Error('the deadline has passed');
    reading.abort(reason);
    writing.abort(reason);
  }, milliseconds);
  timer.unref();
  const onClose = (): void => {
    // A write that has been sent goes on to the deadline: cutting it off would only make its outcome unknown.
    if (response.writableFinished) clearTimeout(timer);
    else reading.abort(new Error('the client has left'));
  };
  // While it was found out who asks, the client may have left already.
  if (response.destroyed) onClose();
  else response.once('close', onClose);
  const endsAt = performance.now() + milliseconds;
  return { signal: reading, deadline: writing, endsAt, requests: 0, milliseconds: 0 };
}
