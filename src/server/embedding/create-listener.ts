import type { IncomingMessage, RequestListener } from 'node:http';
import type { Duplex } from 'node:stream';
import cors from '@fastify/cors';
import Fastify, { type FastifyInstance, LogController } from 'fastify';
import type { Core } from '../../api/create-core.ts';
import { callbacksPath, documentsPath } from '../../hosting/hosting.ts';
import { addRoutes, maxRequestBytes, protect } from '../add-routes.ts';
import { corsOptions } from '../cors-options.ts';
import type { Endpoint } from '../create-endpoint.ts';
import { endpoint, sendHttpError } from '../http-errors.ts';
import { toRequestId } from '../request-id.ts';
import { acceptWebSockets } from '../streams/accept-web-sockets.ts';
import { webhooksPath } from '../webhooks/webhook-path.ts';
import { takeParsedBodies } from './parsed-body.ts';
import { toFastifyLogger } from './to-fastify-logger.ts';

const providerPaths = [webhooksPath, documentsPath, callbacksPath];

/** What a server of Node's `http` calls. */
export interface Listener {
  readonly listener: RequestListener;
  /** For `server.on('upgrade', …)`. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Ends streams, and waits for the requests that are being answered. */
  close(): Promise<void>;
}

/**
 * Creates a listener for the requests of a server that is not ours. It answers at every path, since the application says
 * which one is the endpoint's. What providers ask for is below `/webhooks/`, `/documents/` and `/callbacks/`.
 */
export function createListener(core: Core, served: Endpoint): Listener {
  let ready: FastifyInstance | undefined;
  let starting: Promise<FastifyInstance> | undefined;
  /** Calls `use` with the app, at once if it is ready. */
  const whenReady = (use: (app: FastifyInstance) => void, onError: () => void): void => {
    if (ready !== undefined) {
      use(ready);
      return;
    }
    starting ??= createApp(core, served).then((app) => {
      ready = app;
      return app;
    });
    starting.then(use).catch((err: unknown) => {
      core.log.error({ err }, 'the listener cannot be started');
      onError();
    });
  };
  return {
    listener: (request, response) =>
      whenReady(
        (app) => app.routing(request, response),
        () => void response.writeHead(500).end(),
      ),
    upgrade: (request, socket, head) =>
      whenReady(
        (app) => void app.server.emit('upgrade', request, socket, head),
        () => void socket.destroy(),
      ),
    async close() {
      await (await starting?.catch(() => undefined))?.close();
    },
  };
}

async function createApp(core: Core, served: Endpoint): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: toFastifyLogger(core.log),
    genReqId: toRequestId,
    childLoggerFactory: (log) => log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: maxRequestBytes,
    rewriteUrl: ({ url = '/' }) => {
      if (providerPaths.some((path) => url.startsWith(path))) return url;
      const query = url.indexOf('?');
      return query < 0 ? endpoint : endpoint + url.slice(query);
    },
    frameworkErrors: (_error, _request, reply) => {
      sendHttpError(reply.header('cache-control', 'no-store'), 404);
    },
  });
  await acceptWebSockets(app, served.streams);
  const onRequest = protect(app, core);
  takeParsedBodies(app);
  if (core.config.cors !== undefined) await app.register(cors, corsOptions(core.config.cors));
  addRoutes(app, { core, served, path: endpoint, onRequest });
  await app.ready();
  return app;
}
