import type { FastifyInstance, FastifyReply, onRequestHookHandler } from 'fastify';
import type { Authenticate } from '../access/authenticate.ts';
import { rateLimited, toRefusal, unauthenticated } from '../access/refusal.ts';
import type { RateLimits } from '../cost/rate-limiter.ts';
import type { GraphQLHandler } from './create-graphql-handler.ts';

/** Serves the SDL to authenticated callers. It costs one point, as much as the smallest operation. */
export function serveSdl(app: FastifyInstance, route: SdlRoute): void {
  const { path, authenticate, rateLimiter, onRequest, onSend } = route;
  const sdl = route.sdl === undefined ? undefined : Buffer.from(route.sdl);
  app.get(path, { onRequest, onSend }, async ({ headers, socket }, reply) => {
    try {
      const caller = await authenticate(headers, socket);
      if (caller === undefined) throw unauthenticated();
      const wait = (await rateLimiter?.spend(caller.id, 1)) ?? 0;
      if (wait > 0) throw rateLimited(wait);
    } catch (error) {
      return sendRefusal(reply, error);
    }
    reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff');
    if (sdl === undefined) {
      const error = { message: introspectionIsOff, extensions: { code: 'NOT_FOUND' } };
      return reply.code(404).send({ errors: [error] });
    }
    // SDL has no registered media type, and browsers display this one.
    return reply.type('text/plain; charset=utf-8').send(sdl);
  });
}

export interface SdlRoute {
  readonly path: string;
  /** Undefined if introspection is off; the route then answers 404. */
  readonly sdl: string | undefined;
  readonly authenticate: Authenticate;
  readonly rateLimiter: RateLimits | undefined;
  readonly onRequest: onRequestHookHandler;
  readonly onSend: GraphQLHandler['onSend'];
}

const introspectionIsOff =
  'Introspection is off on this server, so its schema is not shown. The setting `introspection: true` turns it on.';

function sendRefusal(reply: FastifyReply, error: unknown): FastifyReply {
  const refusal = toRefusal(error);
  if (refusal === undefined) throw error;
  const { status, headers, formatted } = refusal;
  return reply
    .code(status)
    .headers({ ...headers, 'cache-control': 'no-store' })
    .send({ errors: [formatted] });
}
