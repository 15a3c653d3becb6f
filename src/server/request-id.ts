import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { RequestHeaders } from '../access/authenticate.ts';

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

/** The trace that a request belongs to, from `traceparent` (W3C Trace Context, section 3.2.2); undefined if invalid. */
export function toTraceId({ headers }: { readonly headers: RequestHeaders }): string | undefined {
  const parent = headers.traceparent;
  if (typeof parent !== 'string' || parent.length > 512) return undefined;
  const id = /^(?!ff)[\da-f]{2}-([\da-f]{32})-(?!0{16})[\da-f]{16}-[\da-f]{2}(?:-|$)/.exec(parent)?.[1];
  return id === undefined || /^0+$/.test(id) ? undefined : id;
}
