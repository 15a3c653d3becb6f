import type { FastifyInstance } from 'fastify';
import { isLoopback } from '../config/is-loopback.ts';
import { refuse } from './refuse-request.ts';

/**
 * Answers only what is addressed to this machine by a name of its own. A page of any site can have that site's
 * name lead here (DNS rebinding); it is of the same origin then, and without rules of access nothing else would
 * keep it from placing calls.
 */
export function localOnly(app: FastifyInstance): void {
  app.addHook('onRequest', ({ headers }, reply, done) => {
    const host = headers.host?.replace(/:\d*$/, '') ?? '';
    if (isLoopback(host)) done();
    else refuse(reply, 421);
  });
}
