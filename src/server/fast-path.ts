import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyRequest, RawServerDefault, RouteGenericInterface, RouteHandlerMethod } from 'fastify';
import type { ExecutionResult, GraphQLError, GraphQLFormattedError } from 'graphql';
import { type CachedOperation, digestOf, type OperationCache } from '../graphql/execution/operation-cache.ts';
import type { ContextOf } from './create-context-of.ts';
import { ResponseTypes } from './response-types.ts';

/**
 * Creates a handler that executes cached operations without Apollo Server, whose overhead for a request is larger
 * than that of the request to the provider. It takes only requests that cannot fail before execution: a POST of a
 * document that has been validated before, with valid variables, from an authenticated caller, within the limits.
 * All other requests go to `apollo`, which applies the same guards.
 */
export function createFastPath<Context>(
  apollo: Handler,
  operations: OperationCache,
  { contextOf, admit, formatError }: Guards<Context>,
): Handler {
  const responseTypes = new ResponseTypes();
  const viaApollo: Handler = async function handle(request, reply) {
    const response = await apollo.call(this, request, reply);
    if (reply.statusCode === 200) responseTypes.set(request.headers.accept, reply.getHeader('content-type'));
    return response;
  };
  return async function handle(request, reply) {
    const contentType = responseTypes.get(request.headers.accept);
    const parameters = contentType === undefined ? undefined : readParameters(request);
    const known = parameters && operations.find(digestOf(parameters.query), parameters.operationName);
    if (contentType === undefined || parameters === undefined || known === undefined) {
      return viaApollo.call(this, request, reply);
    }
    let context: Context;
    try {
      const given = contextOf(request, reply);
      context = given instanceof Promise ? await given : given;
    } catch {
      return viaApollo.call(this, request, reply);
    }
    const prepared = known.compiled.prepare(parameters.variables);
    const onExecuted = prepared && admit(context, known, parameters.variables);
    if (prepared === undefined || onExecuted === undefined) return viaApollo.call(this, request, reply);
    const result = await known.compiled.execute(prepared, context);
    const extensions = onExecuted(result.errors ?? []);
    reply.header('content-type', contentType);
    return `${JSON.stringify({ ...toFormatted(result, formatError), extensions })}\n`;
  };
}

/** The checks that a request passes on the fast path. They are the same as those of Apollo Server's plug-ins. */
export interface Guards<Context> {
  /** Throws or rejects to refuse the request. It must not spend points. */
  readonly contextOf: ContextOf<Context>;
  /** Spends the points of the operation. Returns undefined, without spending any, if it must not be executed here. */
  admit(context: Context, known: CachedOperation, variables: Variables): OnExecuted | undefined;
  formatError(formatted: GraphQLFormattedError, error: GraphQLError): GraphQLFormattedError;
}

/** Called with the errors of the operation once it has been executed. Returns the response's `extensions`, if any. */
export type OnExecuted = (errors: readonly GraphQLError[]) => object | undefined;

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

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Formats a result as Apollo Server does: errors first, each passed through the mask. */
function toFormatted({ data, errors }: ExecutionResult, formatError: Guards<unknown>['formatError']): object {
  if (errors === undefined) return { data };
  const formatted = errors.map((error) => {
    const extensions = { ...error.extensions, code: error.extensions.code ?? 'INTERNAL_SERVER_ERROR' };
    return formatError({ ...error.toJSON(), extensions }, error);
  });
  return { errors: formatted, data };
}
