import type { Caller } from '../access/caller.ts';
import { Calls } from '../calls/calls.ts';
import type { CallsDependencies } from '../calls/calls-source.ts';
import type { Operation } from '../calls/operation.ts';
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

export function createContext(
  parts: CallsDependencies,
  operation: Operation,
  caller: Caller,
  reportsCost = false,
): Context {
  return { calls: new Calls(parts, operation, caller), operation, caller, reportsCost };
}
