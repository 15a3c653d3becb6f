import type { FastifyReply, FastifyRequest } from 'fastify';
import { isObject } from '../../runtime/is-object.ts';
import { parseParameter } from '../parse-parameter.ts';
import type { Framing } from './framing.ts';
import { isForeign } from './is-foreign.ts';
import { openStream, type StreamParts } from './open-stream.ts';
import { StreamBody } from './stream-body.ts';

export interface HttpStreamParts extends StreamParts {
  readonly corsOrigins: readonly string[];
}

/** Answers a request with a stream of results; with a single response if it is refused. */
export async function sendStream(
  parts: HttpStreamParts,
  framing: Framing,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const isGet = request.method === 'GET';
  if (isGet && isForeign(request.headers, parts.corsOrigins)) return refuse(reply, 403, foreign);
  const given = parametersOf(request);
  if (typeof given === 'string') return refuse(reply, 400, given);
  const outcome = await openStream(parts, {
    ...given,
    lastEventId: lastEventIdOf(request),
    mayChange: !isGet,
    requestId: request.id,
    headers: request.headers,
    socket: request.socket,
    connection: reply.raw,
  });
  if ('stream' in outcome) {
    // Some proxies would hold the events back.
    reply.header('x-accel-buffering', 'no').type(framing.contentType);
    return reply.send(new StreamBody(outcome.stream, framing));
  }
  const { status, headers, result } = outcome;
  const text = JSON.stringify(result);
  if (status !== 200) {
    return reply.code(status).headers(headers).type(responseType).send(text);
  }
  const body = framing.begin + framing.result({ text }) + framing.end('complete');
  return reply.type(framing.contentType).send(body);
}

const responseType = 'application/graphql-response+json; charset=utf-8';
const foreign = 'A page of another origin may subscribe only if its origin is among `cors.origins`.';

function refuse(reply: FastifyReply, status: number, message: string): FastifyReply {
  const extensions = { code: 'BAD_REQUEST', requestId: reply.request.id };
  return reply
    .code(status)
    .type(responseType)
    .send(JSON.stringify({ errors: [{ message, extensions }] }));
}

/** Sent by browsers, and by clients that follow the standard (HTML, section 9.2.4). */
function lastEventIdOf({ headers }: FastifyRequest): string | undefined {
  const id = headers['last-event-id'];
  return typeof id === 'string' && id !== '' ? id : undefined;
}

/** The parameters of a request (GraphQL over HTTP, sections 5.1 and 5.4); what is wrong with them if they cannot be read. */
function parametersOf({ method, body, query: search }: FastifyRequest) {
  const given = method === 'GET' ? search : body;
  if (!isObject(given)) return 'The request has no parameters.';
  const { query, operationName } = given;
  const variables = method === 'GET' ? parseParameter(given.variables) : given.variables;
  if (typeof query !== 'string') return '`query` must be a string, and is required.';
  if (operationName != null && typeof operationName !== 'string') return '`operationName` must be a string.';
  if (variables != null && !isObject(variables)) return '`variables` must be a JSON object.';
  return { query, operationName: operationName ?? undefined, variables: variables ?? {} };
}
