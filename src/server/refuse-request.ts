import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ExcessiveBody } from './json-body.ts';

const words: Readonly<Record<number, string>> = {
  400: 'The request cannot be read: its body must be JSON in UTF-8, or nothing with GET.',
  404: 'There is nothing here. Operations go to /graphql.',
  405: 'Operations are sent by POST, queries by GET too.',
  413: 'The request is too large.',
  415: 'The request must be application/json.',
  421: 'Without rules of `access` this is for callers on the same machine, under a name of its own such as localhost.',
};

const excessive = {
  errors: [
    {
      message: 'The request holds more values than any operation takes, or nests them too deep.',
      extensions: { code: 'BAD_USER_INPUT' },
    },
  ],
};

/**
 * What becomes of a request that never gets as far as GraphQL, in our own words and in GraphQL's shape:
 * Fastify would name its own error codes and repeat the address.
 *
 * @param endpoint path at which operations are taken
 */
export function refuseRequest(app: FastifyInstance, endpoint: string): void {
  const refuseUnknown = (request: FastifyRequest, reply: FastifyReply) => {
    const isEndpoint = request.url.split('?', 1)[0] === endpoint;
    // HEAD is not among them: Apollo Server refuses it, and only the explorer's page answers it.
    return isEndpoint ? refuse(reply.header('allow', 'GET, POST'), 405) : refuse(reply, 404);
  };
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    // Fastify reads the body all the same, and whether it can be read is beside the point.
    if (request.is404) return refuseUnknown(request, reply);
    if (error instanceof ExcessiveBody) return reply.code(error.statusCode).send(excessive);
    const status = statusOf(error);
    if (status >= 500) request.log.error({ err: error }, 'a bug');
    return refuse(reply, status);
  });
  app.setNotFoundHandler(refuseUnknown);
}

const parserStatus: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  HPE_HEADER_OVERFLOW: 431,
};

/**
 * The same for what is not even HTTP. Nothing is logged of it: the error holds the bytes received, and
 * with them whatever key or number was in them.
 */
export function refuseConnection(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const status = parserStatus[error.code ?? ''] ?? 400;
  const body = JSON.stringify(problem(status));
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

/** An address that is none is the client's `Host` header. */
function statusOf({ code, statusCode = 500 }: FastifyError): number {
  if (code === 'ERR_INVALID_URL') return 400;
  return statusCode >= 400 && statusCode < 600 ? statusCode : 500;
}

/** Answers with this status, of those that are told in our own words. */
export function refuse(reply: FastifyReply, status: number): FastifyReply {
  return reply.code(status).send(problem(status));
}

function problem(status: number) {
  const isOurs = status >= 500;
  const message = isOurs ? 'Something went wrong here.' : (words[status] ?? 'The request cannot be served.');
  const code = isOurs ? 'INTERNAL_SERVER_ERROR' : status === 404 ? 'NOT_FOUND' : 'BAD_REQUEST';
  return { errors: [{ message, extensions: { code } }] };
}
