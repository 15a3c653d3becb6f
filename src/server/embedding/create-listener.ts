import type { IncomingMessage, RequestListener } from 'node:http';
import type { Duplex } from 'node:stream';
import Fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import type { Core } from '../../api/create-core.ts';
import { addRoutes, protect } from '../add-routes.ts';
import { allowOrigins } from '../allow-origins.ts';
import { appOptions } from '../app-options.ts';
import type { Endpoint } from '../create-endpoint.ts';
import { endpoint } from '../http-errors.ts';
import { isProviderPath } from '../local-only.ts';
import { acceptWebSockets } from '../streams/accept-web-sockets.ts';
import { takeParsedBodies } from './parsed-body.ts';

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
export function createListener(core: Core, served: Endpoint, log: FastifyBaseLogger): Listener {
  let starting: Promise<FastifyInstance> | undefined;
  /** Calls `use` with the app, which is created for the first request. */
  const whenReady = (use: (app: FastifyInstance) => void, onError: () => void): void => {
    starting ??= createApp(core, served, log);
    starting.then(use, (err: unknown) => {
      log.error({ err }, 'the listener cannot be started');
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

async function createApp(core: Core, served: Endpoint, log: FastifyBaseLogger): Promise<FastifyInstance> {
  const app = Fastify({
    ...appOptions,
    loggerInstance: log,
    rewriteUrl: ({ url = '/' }) => {
      if (isProviderPath(url)) return url;
      const query = url.indexOf('?');
      return query < 0 ? endpoint : endpoint + url.slice(query);
    },
  });
  await acceptWebSockets(app, served.streams);
  const onRequest = protect(app, core);
  takeParsedBodies(app);
  await allowOrigins(app, core.config);
  addRoutes(app, { core, served, path: endpoint, onRequest });
  await app.ready();
  return app;
}
