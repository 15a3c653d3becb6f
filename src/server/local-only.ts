import type { FastifyInstance } from 'fastify';
import { isLoopback } from '../config/is-loopback.ts';
import { sendHttpError } from './http-errors.ts';

/**
 * Refuses requests whose `Host` is not a loopback name, with status 421. This protects against DNS rebinding: any web
 * site can make its own host name resolve to this machine, which makes its pages same-origin. Without `access`
 * rules nothing else would keep them from placing calls.
 */
export function localOnly(app: FastifyInstance): void {
  app.addHook('onRequest', ({ headers }, reply, done) => {
    const host = headers.host?.replace(/:\d*$/, '') ?? '';
    if (isLoopback(host)) done();
    else sendHttpError(reply, 421);
  });
}
