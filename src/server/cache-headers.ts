import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Config } from '../config/config.ts';

/**
 * Sets `Cache-Control: no-store` (RFC 9111, section 5.2.2.5) on every response without a `Cache-Control` of its own:
 * calls are confidential and change while they are read; errors and health are true only for the moment.
 *
 * Register it before anything that may respond.
 */
export function disableCaching(app: FastifyInstance): void {
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (reply.getHeader('cache-control') === undefined) reply.header('cache-control', 'no-store');
    mergeVary(reply);
    done();
  });
}

/** Merges `Vary` of Node's response, set when files are served, with that of Fastify's reply, which would replace it. */
function mergeVary(reply: FastifyReply): void {
  const own = reply.raw.getHeader('vary');
  const other = reply.getHeader('vary');
  if (own === undefined || other === own) return;
  const names = `${own}, ${other}`.toLowerCase().split(/\s*,\s*/);
  reply.header('vary', [...new Set(names)].join(', '));
}

/**
 * Returns the `Vary` header of responses to operations (RFC 9110, section 12.5.5), for caches that are configured to
 * store them. The media type, and the explorer at the same URL, depend on `Accept`; CORS headers on `Origin`; the
 * content on the credentials. Shared caches take only `Authorization` into account by themselves (RFC 9111,
 * section 3.5).
 */
export function varyOf({ access, corsOrigins, compress }: VaryingConfig): string {
  const names = [
    'Accept',
    ...(compress ? ['Accept-Encoding'] : []),
    ...(corsOrigins.length > 0 ? ['Origin'] : []),
    ...(access === 'open' ? [] : ['Authorization', 'X-API-Key']),
    ...(access !== 'open' && access.trusted !== undefined ? [access.trusted.header] : []),
  ];
  return names.join(', ');
}

type VaryingConfig = Pick<Config, 'access' | 'corsOrigins' | 'compress'>;
