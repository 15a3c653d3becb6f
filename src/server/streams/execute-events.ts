import { execute } from 'graphql';
import type { Executor } from '../../api/executor.ts';
import { createOperation } from '../../calls/create-operation.ts';
import type { CallEvent } from '../../calls/events/call-event.ts';
import { type Context, createContext } from '../../graphql/context.ts';
import { CompiledOperation } from '../../graphql/execution/compiled-operation.ts';
import { fragmentsOf } from '../../graphql/execution/fragments.ts';
import { digestOf } from '../../graphql/execution/operation-cache.ts';
import { logBug } from '../../graphql/guards/log-operation.ts';
import type { OpenedSubscription } from '../../graphql/stream-request.ts';
import { toFormatted } from '../../graphql/to-formatted.ts';
import { resultVariables } from './result-variables.ts';
import type { SharedResults } from './shared-results.ts';

export interface EventParts {
  readonly executor: Pick<Executor, 'calls' | 'operations' | 'mask' | 'log'>;
  readonly results: SharedResults;
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
  { executor, results, deadline }: EventParts,
  { schema, document, operation, variables }: OpenedSubscription,
  { caller, calls, operation: run }: Context,
  queryDigest: string,
): ExecuteEvent {
  const compiled =
    executor.operations.find(queryDigest, operation.name?.value)?.compiled ??
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
      const { calls: now, release } = executor.calls.take();
      const own = createOperation(deadline, undefined, run, release);
      const context = createContext(now, own, caller);
      const given = { schema, document, operationName: operation.name?.value, variableValues: variables };
      const result = await (prepared === undefined
        ? execute({ ...given, rootValue: event, contextValue: context })
        : compiled.execute(prepared, context, event));
      own.end();
      requests = own.requests;
      for (const error of result.errors ?? []) logBug(executor.log, error, run.requestId);
      return JSON.stringify(toFormatted(result, executor.mask, undefined));
    };
    // A gap may have the cursor of the event that it stands behind.
    const text = await results.get(`${key} ${event.kind} ${event.cursor}`, create);
    return { text, requests };
  };
}
