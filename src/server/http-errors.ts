import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ExcessiveBodyError } from './parse-json-bodies.ts';

/**
 * Answers requests that never reach GraphQL with an error in the shape of a GraphQL response. Fastify's own responses
 * would contain its error codes and repeat the URL.
 */
export function handleHttpErrors(app: FastifyInstance): void {
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    // Fastify reads the body even if there is no route, so this may be an error of the body.
    if (request.is404) return refuseUnknown(request, reply);
    if (error instanceof ExcessiveBodyError) {
      return reply.code(error.statusCode).send(excessiveBody(request.id));
    }
    const status = statusOf(error);
    if (status >= 500) request.log.error({ requestId: request.id, err: error }, 'a bug');
    return sendHttpError(reply, status);
  });
}

/** Answers requests for which there is no route. */
export function refuseUnknown(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const isEndpoint = request.url.split('?', 1)[0] === endpoint;
  // HEAD is not listed: only the explorer's page answers it, Apollo Server refuses it.
  return isEndpoint ? sendHttpError(reply.header('allow', 'GET, POST'), 405) : sendHttpError(reply, 404);
}

/** Path of the GraphQL endpoint. */
export const endpoint = '/graphql';

/** Messages by status code. */
const messages: Readonly<Record<number, string>> = {
  400: 'The request cannot be read: its body must be JSON in UTF-8, or nothing with GET.',
  404: 'There is nothing here. Operations go to /graphql.',
  405: 'Operations are sent by POST, queries by GET too.',
  413: 'The request is too large.',
  415: 'The request must be application/json.',
  421: 'Without `access` rules only clients on this machine are served, under a loopback name such as localhost.',
};

function excessiveBody(requestId: string) {
  const message = 'The request holds more values than any operation takes, or nests them too deep.';
  return { errors: [{ message, extensions: { code: 'BAD_USER_INPUT', requestId } }] };
}

const parserStatus: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  HPE_HEADER_OVERFLOW: 431,
};

/**
 * Fastify's `clientErrorHandler`, for data that Node cannot parse as HTTP. Logs nothing, because the error contains
 * the bytes received and so possibly an API key or a phone number.
 */
export function handleConnectionError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const status = parserStatus[error.code ?? ''] ?? 400;
  const body = JSON.stringify(toBody(status));
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Connection: close',
    'Cache-Control: no-store',
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  if (socket.writable) socket.write([...head, '', body].join('\r\n'));
  socket.destroy();
}

/** ERR_INVALID_URL is the fault of the client's `Host` header. */
function statusOf({ code, statusCode = 500 }: FastifyError): number {
  if (code === 'ERR_INVALID_URL') return 400;
  return statusCode >= 400 && statusCode < 600 ? statusCode : 500;
}

/** Sends an error with this status and its message. */
export function sendHttpError(reply: FastifyReply, status: number): FastifyReply {
  return reply.code(status).send(toBody(status, reply.request.id));
}

function toBody(status: number, requestId?: string) {
  const isOurs = status >= 500;
  const message = isOurs
    ? 'Something went wrong here.'
    : (messages[status] ?? 'The request cannot be served.');
  const code = isOurs ? 'INTERNAL_SERVER_ERROR' : status === 404 ? 'NOT_FOUND' : 'BAD_REQUEST';
  return { errors: [{ message, extensions: { code, requestId } }] };
}
