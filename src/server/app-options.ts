import { type FastifyServerOptions, LogController } from 'fastify';
import { maxRequestBytes } from '../config/cost-settings.ts';
import { sendHttpError } from './http-errors.ts';
import { toRequestId } from './request-id.ts';

/** The options of an app of our own. Requests are not logged: each GraphQL operation is logged instead. */
export const appOptions = {
  genReqId: toRequestId,
  childLoggerFactory: (log) => log,
  logController: new LogController({ disableRequestLogging: true }),
  bodyLimit: maxRequestBytes,
  // Fastify runs no hooks for these errors, so the header is set here.
  frameworkErrors: (_error, _request, reply) => {
    sendHttpError(reply.header('cache-control', 'no-store'), 404);
  },
} satisfies FastifyServerOptions;
