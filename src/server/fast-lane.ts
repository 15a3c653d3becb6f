import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyRequest, RawServerDefault, RouteGenericInterface, RouteHandlerMethod } from 'fastify';
import type { ExecutionResult, GraphQLError, GraphQLFormattedError, GraphQLSchema } from 'graphql';
import { type CachedOperation, digestOf, type OperationCache } from '../graphql/execution/operation-cache.ts';
import type { GuardedContext } from '../graphql/guards/guards.ts';
import { withRequestId } from '../graphql/with-request-id.ts';
import type { ContextOf } from './create-context-of.ts';
import { isObject } from './parse-json-bodies.ts';
import { responseTypeOf } from './response-type.ts';

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
  const { schema, operations, contextOf, formatError } = parts;
  /** The contexts of requests that are left to Apollo Server, or what throws the error of creating them. */
  const created = new WeakMap<object, () => GuardedContext>();
  const viaApollo = parts.apollo(async (request, reply) =>
    (created.get(request) ?? contextOf)(request, reply),
  );
  return async function handle(request, reply) {
    const contentType = responseTypeOf(request.headers.accept);
    const parameters = contentType === undefined ? undefined : readParameters(request);
    const cached = parameters && operations.find(digestOf(parameters.query), parameters.operationName);
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
    const prepared = await prepare(schema, cached, parameters.variables, context);
    if (prepared === undefined) {
      created.set(request, () => context);
      return viaApollo.call(this, request, reply);
    }
    const result = await cached.compiled.execute(prepared, context);
    const { operation } = cached;
    const extensions = context.guards.finish({ operation, errors: result.errors ?? [], tokens: 0 });
    reply.header('content-type', contentType);
    const { requestId } = context.operation;
    return `${JSON.stringify({ ...toFormatted(result, formatError, requestId), extensions })}\n`;
  };
}

/** What the lane needs; the context and the error mask are also those of Apollo Server. */
export interface FastLaneParts {
  readonly schema: GraphQLSchema;
  readonly operations: OperationCache;
  /** Throws or rejects to refuse the request. */
  readonly contextOf: ContextOf<GuardedContext>;
  formatError(formatted: GraphQLFormattedError, error: GraphQLError): GraphQLFormattedError;
  /** Creates the handler for all other requests. */
  apollo(contextOf: (...given: Parameters<ContextOf<GuardedContext>>) => Promise<GuardedContext>): Handler;
}

/** Undefined if Apollo Server has to execute the operation, or to refuse it as the guards do. */
async function prepare(
  schema: GraphQLSchema,
  { compiled, document, operation }: CachedOperation,
  variables: Variables,
  { guards }: GuardedContext,
) {
  // How streams are answered is not decided here.
  if (operation.operation === 'subscription') return undefined;
  const prepared = compiled.prepare(variables);
  if (prepared === undefined) return undefined;
  try {
    const coerce = () => prepared.variables;
    const checked = guards.check({ schema, document, operation, variables, coerce, tokens: 0 });
    if (checked instanceof Promise) await checked;
    return prepared;
  } catch {
    return undefined;
  }
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

/** Formats a result as Apollo Server does: errors first, each passed through the mask. */
export function toFormatted(
  { data, errors }: ExecutionResult,
  formatError: FastLaneParts['formatError'],
  requestId: string | undefined,
): object {
  if (errors === undefined) return { data };
  const formatted = errors.map((error) => {
    const extensions = { ...error.extensions, code: error.extensions.code ?? 'INTERNAL_SERVER_ERROR' };
    return formatError({ ...error.toJSON(), extensions }, error);
  });
  return { errors: withRequestId(formatted, requestId), data };
}
