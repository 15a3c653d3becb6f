import type { IncomingMessage, ServerResponse } from 'node:http';
import type {
  FastifyReply,
  FastifyRequest,
  RawServerDefault,
  RouteGenericInterface,
  RouteHandlerMethod,
} from 'fastify';
import type { ExecutionResult, GraphQLError, GraphQLFormattedError } from 'graphql';
import type { KnownOperation, KnownOperations } from './known-operations.ts';

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
  readonly contentType: string;
}

const noVariables: Variables = Object.freeze({});
const json = 'application/json; charset=utf-8';
const graphqlJson = 'application/graphql-response+json; charset=utf-8';
/** What Apollo Server answers with, for what clients send as a rule. */
const contentTypes: ReadonlyMap<string | undefined, string> = new Map([
  [undefined, json],
  ['*/*', json],
  ['application/json', json],
  ['application/json, text/plain, */*', json],
  ['application/graphql-response+json', graphqlJson],
  ['application/graphql-response+json,application/json;q=0.9', graphqlJson],
]);

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
  return async function handle(request, reply) {
    const asked = readAsked(request);
    const known = asked && operations.find(asked.text, asked.name);
    const prepared = known?.compiled.prepare(asked?.variables ?? noVariables);
    if (asked === undefined || known === undefined || prepared === undefined) {
      return slow.call(this, request, reply);
    }
    let context: Context;
    try {
      const given = contextOf(request, reply);
      context = given instanceof Promise ? await given : given;
    } catch {
      return slow.call(this, request, reply);
    }
    const end = admit(context, known, asked.variables);
    if (end === undefined) return slow.call(this, request, reply);
    const result = await known.compiled.execute(prepared, context);
    const extensions = end(result.errors ?? []);
    reply.header('content-type', asked.contentType);
    return `${JSON.stringify({ ...toFormatted(result, formatError), extensions })}\n`;
  };
}

/** Undefined for what is out of the ordinary, faulty or not. */
function readAsked({
  method,
  headers,
  body,
}: Pick<FastifyRequest, 'method' | 'headers' | 'body'>): Asked | undefined {
  const contentType = contentTypes.get(headers.accept);
  // Fastify makes an object of JSON alone, so no form of another site can have sent it (CSRF).
  if (method !== 'POST' || contentType === undefined || typeof body !== 'object' || body === null)
    return undefined;
  const { query: text, operationName, variables, extensions } = body as Record<string, unknown>;
  if (typeof text !== 'string' || (extensions !== undefined && extensions !== null)) return undefined;
  const name = operationName ?? undefined;
  const given = variables ?? {};
  if (name !== undefined && typeof name !== 'string') return undefined;
  if (typeof given !== 'object' || Array.isArray(given)) return undefined;
  return { text, name, variables: given as Variables, contentType };
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
