import type { FastifyBaseLogger } from 'fastify';
import { execute } from 'graphql';
import type { CallsDependencies } from '../../calls/calls.ts';
import type { CallEvent } from '../../calls/events/call-event.ts';
import { type Context, createContext, createOperation } from '../../graphql/context.ts';
import { CompiledOperation } from '../../graphql/execution/compiled-operation.ts';
import { fragmentsOf } from '../../graphql/execution/fragments.ts';
import { digestOf, type OperationCache } from '../../graphql/execution/operation-cache.ts';
import { logBug } from '../../graphql/guards/log-operation.ts';
import type { OpenedSubscription } from '../../graphql/stream-request.ts';
import { type FastLaneParts, toFormatted } from '../fast-lane.ts';
import { resultVariables } from './result-variables.ts';
import type { SharedResults } from './shared-results.ts';
import { StreamConnection } from './stream-connection.ts';

export interface EventParts {
  readonly calls: CallsDependencies;
  readonly operations: OperationCache;
  readonly results: SharedResults;
  readonly formatError: FastLaneParts['formatError'];
  readonly log: FastifyBaseLogger;
  /** The time that the requests to providers for one event may take, in milliseconds. */
  readonly deadline: number;
}

/** Returns the serialized result of an event, and never rejects. */
export type ExecuteEvent = (event: CallEvent) => Promise<ExecutedEvent>;

export interface ExecutedEvent {
  readonly text: string;
  /** Requests to providers that it took; 0 if another subscriber has the same result. */
  readonly requests: number;
}

/**
 * Creates the execution of a subscription's events (GraphQL, section 6.2.3.2). Each event has calls and a deadline of
 * its own, which do not end with the subscriber: others may wait for the same result. That is why it holds no request id.
 */
export function createExecuteEvent(
  parts: EventParts,
  { schema, document, operation, variables }: OpenedSubscription,
  { caller, calls, operation: run }: Context,
  queryDigest: string,
): ExecuteEvent {
  const compiled =
    parts.operations.find(queryDigest, operation.name?.value)?.compiled ??
    new CompiledOperation(schema, fragmentsOf(document), operation);
  const prepared = compiled.prepare(variables);
  const values = prepared?.variables ?? variables;
  // An argument without a value has its default; one that is null has none.
  const used = Object.fromEntries(resultVariables(document, operation).map((name) => [name, values[name]]));
  const accounts = calls.accounts.map(({ key }) => key);
  const key = digestOf(JSON.stringify([queryDigest, operation.name?.value, used, accounts]));
  return async (event) => {
    let requests = 0;
    const create = async () => {
      const connection = new StreamConnection();
      const own = createOperation(parts.deadline, connection, run);
      const context = createContext(parts.calls, own, caller);
      const given = { schema, document, operationName: operation.name?.value, variableValues: variables };
      const result = await (prepared === undefined
        ? execute({ ...given, rootValue: event, contextValue: context })
        : compiled.execute(prepared, context, event));
      connection.end();
      requests = own.requests;
      for (const error of result.errors ?? []) logBug(parts.log, error, run.requestId);
      return JSON.stringify(toFormatted(result, parts.formatError, undefined));
    };
    const text = await parts.results.get(`${key} ${event.cursor}`, create);
    return { text, requests };
  };
}
