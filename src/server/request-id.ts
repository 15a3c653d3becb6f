import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';

/**
 * The id of a request: its `X-Request-Id` if that has 1 to 64 letters, digits, `_` and `-`, else a new UUID. Anything
 * else could forge lines of the log.
 */
export function toRequestId({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const id = headers['x-request-id'];
  return typeof id === 'string' && /^[\w-]{1,64}$/.test(id) ? id : randomUUID();
}

/** Sends the id of each request back in `X-Request-Id`. */
export function echoRequestId(app: FastifyInstance): void {
  app.addHook('onRequest', ({ id }, reply, done) => {
    reply.header('x-request-id', id);
    done();
  });
}
