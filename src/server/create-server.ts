import Fastify, { type FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import { createCore } from '../api/create-core.ts';
import type { Config } from '../config/config.ts';
import { isLoopback } from '../config/is-loopback.ts';
import { consolePage } from '../console/console.ts';
import { explorer } from '../explorer/explorer.ts';
import { MetricsServer } from '../telemetry/metrics-server.ts';
import { addRoutes, protect } from './add-routes.ts';
import { allowOrigins } from './allow-origins.ts';
import { appOptions } from './app-options.ts';
import { closeIdleConnections } from './close-idle-connections.ts';
import { createEndpoint } from './create-endpoint.ts';
import { addHealth } from './health.ts';
import { endpoint, handleConnectionError, refuseUnknown } from './http-errors.ts';
import { isLocalHost } from './local-only.ts';
import { LogStream } from './log-stream.ts';
import { loopbackUrlOf } from './loopback-url.ts';
import { serveSdl } from './serve-sdl.ts';
import { acceptWebSockets } from './streams/accept-web-sockets.ts';
import { webhooksPath } from './webhooks/webhook-path.ts';

export { endpoint };

/** The composition root of the process: one API with all that it serves by HTTP. */
export async function createServer(config: Config, schema?: GraphQLSchema): Promise<Server> {
  const logStream = new LogStream();
  const app = createApp(config, logStream);
  const publicUrl = () => config.publicUrl ?? (config.sandbox ? loopbackUrlOf(app) : undefined);
  const webhooksUrl = () => publicUrl()?.concat(webhooksPath.slice(0, -1));
  const core = await createCore(config, {
    log: app.log,
    listens: true,
    publicUrl,
    webhooksUrl,
    ...(schema && { schema }),
  });
  const { metrics } = core;
  const served = createEndpoint(core);
  await acceptWebSockets(app, served.streams);
  const onRequest = protect(app, core);
  app.setNotFoundHandler(refuseUnknown);
  closeIdleConnections(app);
  await allowOrigins(app, config);
  const server = { sandbox: config.sandbox, needsKey: config.access !== 'open' };
  if (config.explorer) await app.register(explorer, { endpoint, server });
  if (config.console) await app.register(consolePage, { server });
  addRoutes(app, { core, served, path: endpoint, onRequest });
  serveSdl(app, core, { url: `${endpoint}/schema.graphql`, onRequest, onSend: served.onSend });
  const endReadiness = addHealth(app, core.store, () => core.parts.accounts.current.adapters.values());
  const local = config.metrics && isLoopback(config.metrics.host) && { isHost: isLocalHost };
  const metricsServer =
    config.metrics && metrics && new MetricsServer({ ...config.metrics, ...local, metrics });
  const close = async (): Promise<void> => {
    await app.close();
    await core.close();
    // What is done until then can still be scraped.
    await metricsServer?.close();
    await logStream.end();
  };
  let closing: Promise<void> | undefined;
  return {
    app,
    metrics: metricsServer,
    webhooksUrl,
    endReadiness,
    reload: (next) => core.reloads.reload(next),
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

/** Milliseconds for a request to arrive. Fastify's default is no limit. */
const requestTimeout = 30_000;

/** A server that is assembled but does not listen yet. */
export interface Server {
  readonly app: FastifyInstance;
  /** Serves metrics once it listens; undefined if they are not configured. */
  readonly metrics: MetricsServer | undefined;
  /** What the addresses of all webhooks begin with, without a slash at the end; undefined if there are none. */
  webhooksUrl(): string | undefined;
  /**
   * Puts another configuration in use while requests are served, as far as it may change: see `reloadConfig`.
   *
   * @throws ConfigError, with nothing changed
   */
  reload(next: Config): void;
  /** Makes `/readyz` return 503 and responses close their connections, while requests are still served. */
  endReadiness(): void;
  /** Refuses new requests, waits for pending ones, then releases all resources. May be called repeatedly. */
  close(): Promise<void>;
}

function createApp({ logLevel }: Config, stream: LogStream): FastifyInstance {
  return Fastify({
    ...appOptions,
    logger: { level: logLevel, stream },
    requestTimeout,
    forceCloseConnections: 'idle',
    clientErrorHandler: handleConnectionError,
  });
}
