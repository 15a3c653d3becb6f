import { HeaderMap } from '@apollo/server';
import type { GraphQLFormattedError } from 'graphql';
import type { Authenticate, Peer, RequestHeaders } from '../../access/authenticate.ts';
import { AccessRefusal } from '../../access/refusal.ts';
import type { Executor } from '../../api/executor.ts';
import { textOf } from '../../api/text-of.ts';
import { nodesPerPoint } from '../../cost/cost-guard.ts';
import { digestOf } from '../../graphql/execution/operation-cache.ts';
import type { GuardedContext } from '../../graphql/guards/guards.ts';
import { maskDigits } from '../../graphql/guards/log-operation.ts';
import type { OpenedSubscription, StreamRequest } from '../../graphql/stream-request.ts';
import type { NamedOperation } from '../../operations/resolve-operation.ts';
import type { Connection, ContextOf } from '../create-context-of.ts';
import { createExecuteEvent, type EventParts } from './execute-events.ts';
import type { OpenStreams } from './open-streams.ts';
import { ResultStream } from './result-stream.ts';
import { bytesOf } from './stream-limits.ts';

/** What all streams share. */
export interface StreamParts extends EventParts {
  readonly executor: Executor;
  readonly contextOf: ContextOf;
  readonly authenticate: Authenticate;
  readonly streams: OpenStreams;
}

/** An operation whose result may be a stream. */
export interface StreamOperation {
  readonly query: string;
  /** By what else the document is named. */
  readonly named?: Omit<NamedOperation, 'query'>;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly lastEventId: string | undefined;
  readonly mayChange: boolean;
  readonly requestId: string;
  /** Those of the request, with the credentials of the caller. */
  readonly headers: RequestHeaders;
  readonly socket: Peer;
  /** Ends the operation up to its first result. */
  readonly connection: Connection;
}

/** A stream, or a single result: that of a query or mutation, or of an operation that is refused. */
export type StreamOutcome =
  | { readonly stream: ResultStream }
  | {
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly result: { readonly data?: unknown; readonly errors?: readonly GraphQLFormattedError[] };
    };

/**
 * Executes an operation as any other, by Apollo Server and with all guards. What is a subscription becomes a stream.
 * Never rejects.
 */
export async function openStream(parts: StreamParts, operation: StreamOperation): Promise<StreamOutcome> {
  const { operationName, variables, requestId, lastEventId, mayChange } = operation;
  const ending = new AbortController();
  const request: StreamRequest = { signal: ending.signal, lastEventId, mayChange };
  let release: (() => void) | undefined;
  const end = () => {
    release?.();
    ending.abort();
  };
  try {
    const reply = { raw: operation.connection };
    const context = await parts.contextOf({ ...operation, id: requestId }, reply);
    const contextValue = { ...context, stream: request };
    const query = await textOf(parts.executor.sources, operation, context.guards);
    const http = { method: 'POST', headers: accepting, search: '', body: undefined };
    const given = { query, variables, http, ...(operationName !== undefined && { operationName }) };
    release = parts.streams.limits.take(context.caller.id, bytesOf(query, variables));
    const response = await parts.executor.apollo.executeOperation(given, { contextValue });
    const { subscription } = request;
    if (subscription !== undefined) {
      return { stream: createStream(parts, { ...operation, query }, { context, subscription, end }) };
    }
    end();
    const { status = 200, headers } = response.http;
    const result = response.body.kind === 'single' ? response.body.singleResult : {};
    return { status, headers: Object.fromEntries(headers), result };
  } catch (error) {
    end();
    const { status = 500, headers = {} } = error instanceof AccessRefusal ? error : {};
    return { status, headers, result: { errors: [parts.executor.toFormattedError(error, requestId)] } };
  }
}

/** By which Apollo Server chooses the status of what it refuses. */
const accepting = new HeaderMap([['accept', 'application/graphql-response+json']]);

interface Opened {
  readonly context: GuardedContext;
  readonly subscription: OpenedSubscription;
  end(): void;
}

function createStream(
  parts: StreamParts,
  { query, headers, socket, requestId }: StreamOperation,
  { context, subscription, end }: Opened,
): ResultStream {
  const { executor, authenticate, streams } = parts;
  const { guard, rateLimiter, log } = executor;
  const { caller, calls, operation: run } = context;
  const accounts = calls.accounts;
  const cost = guard.assess({ ...subscription, accounts: accounts.length });
  const stream = new ResultStream({
    source: subscription.events,
    execute: createExecuteEvent(parts, subscription, context, digestOf(query)),
    pointsPerEvent: (cost?.nodes ?? 1) / nodesPerPoint,
    expiresAt: caller.expiresAt,
    isStillAllowed: async () => {
      try {
        const now = await authenticate(headers, socket);
        const { adapters } = executor.calls.current;
        return now?.id === caller.id && accounts.every(({ key }) => now.maySee(key) && adapters.has(key));
      } catch {
        // The issuer of tokens cannot be asked: the expiry of the token, if it has one, still ends the stream.
        return caller.expiresAt !== undefined;
      }
    },
    waitFor: () => rateLimiter?.waitFor(caller.id) ?? 0,
    onEvent: ({ kind }) => streams.observer?.sent(kind),
    charge: (points) => rateLimiter?.settle(caller.id, points),
    toFormattedError: (error) => executor.toFormattedError(error, requestId),
    onEnd: (summary) => {
      streams.delete(stream);
      streams.observer?.ended(summary.reason);
      end();
      const { requestId: id, traceId } = run;
      const name = maskDigits(subscription.operation.name?.value);
      log.info({ requestId: id, traceId, caller: caller.id, name, ...summary }, 'subscription ended');
    },
  });
  streams.add(stream);
  return stream;
}
