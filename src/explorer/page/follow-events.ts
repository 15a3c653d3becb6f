import { GraphQLError } from 'graphql';
import { createClient, type ExecutionResult, NetworkError, type RequestParams } from 'graphql-sse';
import type { Session } from './session.ts';

/**
 * Subscribes by server-sent events (graphql-sse). The iterator is not an async generator, because `return`, by which
 * GraphiQL stops, would wait for the next event.
 */
export function followEvents(
  operation: RequestParams,
  session: Session,
): AsyncIterableIterator<ExecutionResult> {
  const client = createClient({
    url: location.pathname,
    headers: () => session.headers,
    // An attempt of the client's own would lose the events in between.
    retryAttempts: 0,
  });
  const results = client.iterate(operation);
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: async () => {
      try {
        return (await results.next()) as IteratorResult<ExecutionResult>;
      } catch (error) {
        return { value: await toResult(error), done: false };
      }
    },
    return: async () => {
      client.dispose();
      return { value: undefined, done: true };
    },
  };
}

/** The result of a server that refuses, or what is wrong with the connection. */
async function toResult(error: unknown): Promise<ExecutionResult> {
  if (error instanceof NetworkError && error.response !== undefined) {
    const { response } = error as NetworkError<Response>;
    const refusal = await response?.json().catch(() => undefined);
    if (refusal !== undefined) return refusal;
  }
  return { errors: [new GraphQLError(error instanceof Error ? error.message : String(error))] };
}
