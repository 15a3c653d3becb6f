import type { ServerResponse } from 'node:http';
import type { Caller } from '../access/caller.ts';
import { Calls, type CallsDependencies } from '../calls/calls.ts';
import type { Operation } from '../calls/operation.ts';
import { Cancellation } from '../runtime/cancellation.ts';
import type { StreamRequest } from './stream-request.ts';

/** The context value of resolvers, created for each request. */
export interface Context {
  readonly calls: Calls;
  readonly operation: Operation;
  readonly caller: Caller;
  /** Whether the client has asked for `extensions.cost`. */
  readonly reportsCost: boolean;
  /** Undefined if results cannot be streamed to the client. */
  readonly stream?: StreamRequest | undefined;
}

/** A response, or what stands for it where one connection carries several operations. */
export interface Connection extends Pick<ServerResponse, 'destroyed' | 'writableFinished'> {
  once(event: 'close', listener: () => void): unknown;
}

export function createContext(
  parts: CallsDependencies,
  operation: Operation,
  caller: Caller,
  reportsCost = false,
): Context {
  return { calls: new Calls(parts, operation, caller), operation, caller, reportsCost };
}

/**
 * Creates the cancellation of an operation: reads and writes are aborted after `milliseconds`, reads also when the
 * client disconnects before it has the response. The timer is cleared once the response is sent.
 */
export function createOperation(
  milliseconds: number,
  response: Connection,
  { requestId, traceId, span }: Pick<Operation, 'requestId' | 'traceId' | 'span'> = {},
): Operation {
  const reading = new Cancellation();
  const writing = new Cancellation();
  const timer = setTimeout(() => {
    const reason = new Error('the deadline has passed');
    reading.abort(reason);
    writing.abort(reason);
  }, milliseconds);
  timer.unref();
  const onClose = (): void => {
    // A write continues to the deadline: aborting it would only make its outcome unknown.
    if (response.writableFinished) clearTimeout(timer);
    else reading.abort(new Error('the client has disconnected'));
  };
  // The client may have disconnected during authentication.
  if (response.destroyed) onClose();
  else response.once('close', onClose);
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
  };
}
