import type { IncomingMessage, ServerResponse } from 'node:http';
import type {
  FastifyReply,
  FastifyRequest,
  RawServerDefault,
  RouteGenericInterface,
  RouteHandlerMethod,
} from 'fastify';
import type { ExecutionResult, GraphQLError, GraphQLFormattedError } from 'graphql';
import {
  digestOf,
  type KnownOperation,
  type KnownOperations,
} from '../graphql/execution/known-operations.ts';
import { MediaTypes } from './media-types.ts';

export type ContextOf<Context> = (
  request: Pick<FastifyRequest, 'headers'>,
  reply: Pick<FastifyReply, 'raw'>,
) => Context | Promise<Context>;

/** What a request in the lane is sent through, as it would be anywhere else. */
export interface Guards<Context> {
  /** Throws or rejects when the request is turned away; nothing must be spent by then. */
  readonly contextOf: ContextOf<Context>;
  /** Spends what the operation costs, or is undefined, having spent nothing, where it must not run. */
  admit(context: Context, known: KnownOperation, variables: Variables): Admitted | undefined;
  formatError(formatted: GraphQLFormattedError, error: GraphQLError): GraphQLFormattedError;
}

/** Told of what came of the operation, once it is over; gives the answer's `extensions`, if any. */
export type Admitted = (errors: readonly GraphQLError[]) => object | undefined;

type Variables = Readonly<Record<string, unknown>>;

interface TextRoute extends RouteGenericInterface {
  Reply: string;
}

export type Handler = RouteHandlerMethod<RawServerDefault, IncomingMessage, ServerResponse, TextRoute>;

interface Asked {
  readonly text: string;
  readonly name: string | undefined;
  readonly variables: Variables;
}

/**
 * Answers operations that have come before without Apollo Server, which takes longer over each request
 * than it takes to ask the provider. Only what can no longer go wrong before it is executed: a POST of a
 * text that was valid, with good variables, of a caller who may ask, within the limits. Everything else
 * goes to `slow`, and meets the same guards there.
 */
export function fastLane<Context>(
  slow: Handler,
  operations: KnownOperations,
  { contextOf, admit, formatError }: Guards<Context>,
): Handler {
  const mediaTypes = new MediaTypes();
  const asApollo: Handler = async function handle(request, reply) {
    const answer = await slow.call(this, request, reply);
    if (reply.statusCode === 200) mediaTypes.learn(request.headers.accept, reply.getHeader('content-type'));
    return answer;
  };
  return async function handle(request, reply) {
    const contentType = mediaTypes.find(request.headers.accept);
    const asked = contentType === undefined ? undefined : readAsked(request);
    const known = asked && operations.find(digestOf(asked.text), asked.name);
    if (contentType === undefined || asked === undefined || known === undefined) {
      return asApollo.call(this, request, reply);
    }
    let context: Context;
    try {
      const given = contextOf(request, reply);
      context = given instanceof Promise ? await given : given;
    } catch {
      return asApollo.call(this, request, reply);
    }
    const prepared = known.compiled.prepare(asked.variables);
    const end = prepared && admit(context, known, asked.variables);
    if (prepared === undefined || end === undefined) return asApollo.call(this, request, reply);
    const result = await known.compiled.execute(prepared, context);
    const extensions = end(result.errors ?? []);
    reply.header('content-type', contentType);
    return `${JSON.stringify({ ...toFormatted(result, formatError), extensions })}\n`;
  };
}

/** Undefined for what is out of the ordinary, faulty or not. */
function readAsked({ method, body }: Pick<FastifyRequest, 'method' | 'body'>): Asked | undefined {
  // Fastify makes an object of JSON alone, so no form of another site can have sent it (CSRF).
  if (method !== 'POST' || !isObject(body)) return undefined;
  const { query: text, operationName: name, variables, extensions } = body;
  if (typeof text !== 'string' || (name != null && typeof name !== 'string')) return undefined;
  if (variables != null && !isObject(variables)) return undefined;
  // Clients name themselves there; all that Apollo Server looks for is a persisted query.
  if (extensions != null && (!isObject(extensions) || 'persistedQuery' in extensions)) return undefined;
  return { text, name: name ?? undefined, variables: variables ?? {} };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** As Apollo Server shows it: errors first, each through the mask. */
function toFormatted({ data, errors }: ExecutionResult, formatError: Guards<unknown>['formatError']): object {
  if (errors === undefined) return { data };
  const formatted = errors.map((error) => {
    const extensions = { ...error.extensions, code: error.extensions.code ?? 'INTERNAL_SERVER_ERROR' };
    return formatError({ ...error.toJSON(), extensions }, error);
  });
  return { errors: formatted, data };
}
