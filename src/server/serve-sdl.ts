import type { FastifyInstance, FastifyReply, RouteShorthandOptions } from 'fastify';
import { rateLimited, toRefusal, unauthenticated } from '../access/refusal.ts';
import type { Core } from '../api/create-core.ts';
import { printSdl } from '../graphql/print-sdl.ts';

/**
 * Serves the SDL to authenticated callers, or answers 404 if introspection is off. It costs one point, as much as the
 * smallest operation.
 */
export function serveSdl(
  app: FastifyInstance,
  { config, authenticate, executor: { schema, rateLimiter } }: Core,
  { url, ...hooks }: Pick<RouteShorthandOptions, 'onRequest' | 'onSend'> & { readonly url: string },
): void {
  const sdl = config.introspection ? Buffer.from(printSdl(schema)) : undefined;
  app.get(url, hooks, async ({ headers, socket }, reply) => {
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
