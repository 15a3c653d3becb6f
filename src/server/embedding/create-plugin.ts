import type { FastifyPluginAsync } from 'fastify';
import type { PluginOptions } from '../../api/calls-api.ts';
import type { Core } from '../../api/create-core.ts';
import type { Logger } from '../../runtime/logger.ts';
import { addRoutes, protect } from '../add-routes.ts';
import { createEndpoint, type Endpoint } from '../create-endpoint.ts';
import { endpoint } from '../http-errors.ts';

/**
 * Creates a plug-in for the Fastify of an application. Its hooks, parsers and error handler are those of its own scope,
 * and so touch no other route. WebSockets are accepted if the application has registered `@fastify/websocket` before:
 * another listener of upgrades would take those of its other routes.
 *
 * @param onLog is given the log of the application
 */
export function createPlugin(
  core: Core,
  { streams }: Endpoint,
  onLog: (log: Logger) => void,
): FastifyPluginAsync<PluginOptions> {
  return async (app, { path = endpoint }) => {
    onLog(app.log);
    const served = createEndpoint(core, streams.part());
    // Open streams would keep the application from closing.
    app.addHook('preClose', async () => served.streams.close());
    app.removeAllContentTypeParsers();
    const onRequest = protect(app, core);
    addRoutes(app, { core, served, path, onRequest });
  };
}
