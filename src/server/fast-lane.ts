import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyRequest, RawServerDefault, RouteGenericInterface, RouteHandlerMethod } from 'fastify';
import type { Executor } from '../api/executor.ts';
import { digestOf } from '../graphql/execution/operation-cache.ts';
import type { GuardedContext } from '../graphql/guards/guards.ts';
import { responseTypeOf } from '../graphql/response-type.ts';
import { isObject } from '../runtime/is-object.ts';
import type { ContextOf } from './create-context-of.ts';

/**
 * Creates a handler that executes cached operations without Apollo Server. One call costs 1.45 times as much with it,
 * even if it executes the same compiled operation, and a list of 50 calls 1.2 times (1.7 and 2.0 with graphql-js;
 * processor time of the whole request).
 *
 * It takes only requests that are not refused: a POST of a document that has been validated before, with valid
 * variables, from an authenticated caller, which passes the guards. Apollo Server handles and refuses all others, with
 * the context that the request already has.
 */
export function createFastLane(parts: FastLaneParts): Handler {
  const { executor, contextOf } = parts;
  /** The contexts of requests that are left to Apollo Server, or what throws the error of creating them. */
  const created = new WeakMap<object, () => GuardedContext>();
  const viaApollo = parts.apollo(async (request, reply) =>
    (created.get(request) ?? contextOf)(request, reply),
  );
  return async function handle(request, reply) {
    const contentType = responseTypeOf(request.headers.accept);
    const parameters = contentType === undefined ? undefined : readParameters(request);
    const cached =
      parameters && executor.operations.find(digestOf(parameters.query), parameters.operationName);
    if (contentType === undefined || parameters === undefined || cached === undefined) {
      return viaApollo.call(this, request, reply);
    }
    let context: GuardedContext;
    try {
      const given = contextOf(request, reply);
      context = given instanceof Promise ? await given : given;
    } catch (error) {
      created.set(request, () => {
        throw error;
      });
      return viaApollo.call(this, request, reply);
    }
    const result = await executor.executeCached(cached, parameters.variables, context);
    if (result === undefined) {
      created.set(request, () => context);
      return viaApollo.call(this, request, reply);
    }
    reply.header('content-type', contentType);
    return `${JSON.stringify(result)}\n`;
  };
}

export interface FastLaneParts {
  readonly executor: Pick<Executor, 'operations' | 'executeCached'>;
  /** Throws or rejects to refuse the request. */
  readonly contextOf: ContextOf;
  /** Creates the handler for all other requests. */
  apollo(contextOf: (...given: Parameters<ContextOf>) => Promise<GuardedContext>): Handler;
}

type Variables = Readonly<Record<string, unknown>>;

interface TextRoute extends RouteGenericInterface {
  Reply: string;
}

export type Handler = RouteHandlerMethod<RawServerDefault, IncomingMessage, ServerResponse, TextRoute>;

/** The parameters of a request (GraphQL over HTTP, section 5.1). */
interface RequestParameters {
  readonly query: string;
  readonly operationName: string | undefined;
  readonly variables: Variables;
}

/** Undefined for a request that Apollo Server has to handle or refuse. */
function readParameters({
  method,
  body,
}: Pick<FastifyRequest, 'method' | 'body'>): RequestParameters | undefined {
  // Fastify parses only JSON to an object, which no HTML form of another site can send (CSRF).
  if (method !== 'POST' || !isObject(body)) return undefined;
  const { query, operationName, variables, extensions } = body;
  if (typeof query !== 'string' || (operationName != null && typeof operationName !== 'string')) {
    return undefined;
  }
  if (variables != null && !isObject(variables)) return undefined;
  // Apollo Server reads only `persistedQuery`; clients also send their name and version.
  if (extensions != null && (!isObject(extensions) || 'persistedQuery' in extensions)) return undefined;
  return { query, operationName: operationName ?? undefined, variables: variables ?? {} };
}
