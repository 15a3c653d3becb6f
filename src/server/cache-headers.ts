import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Config } from '../config/config.ts';

/**
 * Lets no cache keep an answer unless whatever answers says otherwise (RFC 9111, section 5.2.2.5): who calls whom
 * is for the caller alone, and it changes while it is read. Refusals and health are true for the moment only.
 *
 * Register it before anything that may answer.
 */
export function forbidStoring(app: FastifyInstance): void {
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (reply.getHeader('cache-control') === undefined) reply.header('cache-control', 'no-store');
    keepVary(reply);
    done();
  });
}

/** What is set on Node's response, as for files, would be replaced by what is set on Fastify's reply. */
function keepVary(reply: FastifyReply): void {
  const own = reply.raw.getHeader('vary');
  const other = reply.getHeader('vary');
  if (own === undefined || other === own) return;
  const names = `${own}, ${other}`.toLowerCase().split(/\s*,\s*/);
  reply.header('vary', [...new Set(names)].join(', '));
}

/**
 * What an answer to an operation depends on besides its address (RFC 9110, section 12.5.5), for caches that store
 * it because an operation allows that, or because they were told to: the media type and the page at the same
 * address go by `Accept`, CORS by `Origin`, and what a caller may see by its credentials. Of these HTTP keeps
 * shared caches from `Authorization` alone (RFC 9111, section 3.5).
 */
export function varyOf({ access, corsOrigins }: Pick<Config, 'access' | 'corsOrigins'>): string {
  const names = [
    'Accept',
    ...(corsOrigins.length > 0 ? ['Origin'] : []),
    ...(access === 'open' ? [] : ['Authorization', 'X-API-Key']),
  ];
  return names.join(', ');
}
