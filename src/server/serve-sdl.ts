import type { FastifyInstance, FastifyReply, onRequestHookHandler } from 'fastify';
import type { Authenticate } from '../access/authenticate.ts';
import { rateLimited, refusalOf, unauthenticated } from '../access/refusal.ts';
import type { RateLimiter } from '../cost/rate-limiter.ts';

export interface SdlRoute {
  readonly path: string;
  /** Undefined where introspection is off: then nobody gets it. */
  readonly sdl: string | undefined;
  readonly authenticate: Authenticate;
  readonly rateLimiter: RateLimiter | undefined;
  readonly onRequest: onRequestHookHandler;
}

const off =
  'Introspection is off on this server, so its schema is not shown. The setting `introspection: true` turns it on.';

/** Serves the SDL to whoever may introspect, at the price of the smallest operation: one point. */
export function serveSdl(app: FastifyInstance, route: SdlRoute): void {
  const { path, authenticate, rateLimiter, onRequest } = route;
  const sdl = route.sdl === undefined ? undefined : Buffer.from(route.sdl);
  app.get(path, { onRequest }, async ({ headers }, reply) => {
    try {
      const caller = await authenticate(headers);
      if (caller === undefined) throw unauthenticated();
      const wait = rateLimiter?.spend(caller.id, 1) ?? 0;
      if (wait > 0) throw rateLimited(wait);
    } catch (error) {
      return sendRefusal(reply, error);
    }
    reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff');
    if (sdl === undefined) {
      return reply.code(404).send({ errors: [{ message: off, extensions: { code: 'NOT_FOUND' } }] });
    }
    // SDL has no media type of its own, and a browser shows this one.
    return reply.type('text/plain; charset=utf-8').send(sdl);
  });
}

function sendRefusal(reply: FastifyReply, error: unknown): FastifyReply {
  const refusal = refusalOf(error);
  if (refusal === undefined) throw error;
  const { status, headers, formatted } = refusal;
  return reply
    .code(status)
    .headers({ ...headers, 'cache-control': 'no-store' })
    .send({ errors: [formatted] });
}
