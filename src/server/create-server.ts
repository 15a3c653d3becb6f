import cors from '@fastify/cors';
import Fastify, { type FastifyInstance, LogController } from 'fastify';
import { createAuthenticator } from '../access/authenticate.ts';
import { Forwarder } from '../calls/forwarding/forwarder.ts';
import type { Config } from '../config/config.ts';
import { defaultPointsPerMinute } from '../config/cost-settings.ts';
import { consolePage } from '../console/console.ts';
import { RateLimiter, type RateLimits } from '../cost/rate-limiter.ts';
import { SharedRateLimiter } from '../cost/shared-rate-limiter.ts';
import { explorer } from '../explorer/explorer.ts';
import { loadSchema } from '../graphql/load-schema.ts';
import { printSdl } from '../graphql/print-sdl.ts';
import { createSpendPoints } from '../store/spend-points.ts';
import type { Store } from '../store/store.ts';
import { MetricsServer } from '../telemetry/metrics-server.ts';
import { loadTracer } from '../telemetry/tracer.ts';
import { GuardedClient } from '../upstream/guarded-client.ts';
import { disableCaching } from './cache-headers.ts';
import { closeIdleConnections } from './close-idle-connections.ts';
import { createContextOf } from './create-context-of.ts';
import { createGraphQLHandler } from './create-graphql-handler.ts';
import { createMetrics } from '../api/create-metrics.ts';
import { createParts } from '../api/create-parts.ts';
import { addHealth } from './health.ts';
import { handleConnectionError, handleHttpErrors, sendHttpError } from './http-errors.ts';
import { limitBodyMemory } from './limit-body-memory.ts';
import { localOnly } from './local-only.ts';
import { LogStream } from './log-stream.ts';
import { loopbackUrlOf } from './loopback-url.ts';
import { createLossLog } from './loss-log.ts';
import { openStore } from '../api/open-store.ts';
import { parseJsonBodies } from './parse-json-bodies.ts';
import { echoRequestId, toRequestId } from './request-id.ts';
import { serveSdl } from './serve-sdl.ts';
import { shedLoad } from './shed-load.ts';
import { acceptWebSockets, refuseForeignSockets } from './streams/accept-web-sockets.ts';
import { OpenStreams } from './streams/open-streams.ts';
import { addWebhooks } from './webhooks/add-webhooks.ts';
import { webhooksPath } from './webhooks/webhook-path.ts';

/** The composition root: assembles the server from adapters, resolvers, access, cost and the store. */
export async function createServer(config: Config, schema = loadSchema()): Promise<Server> {
  const logStream = new LogStream();
  const metrics = await createMetrics(config.metrics);
  const onShed = metrics && (() => metrics.operations.shed());
  const app = createApp(config, logStream);
  const streams = new OpenStreams({}, metrics?.streams);
  metrics?.streams.watch(streams);
  await acceptWebSockets(app, streams);
  echoRequestId(app);
  disableCaching(app);
  handleHttpErrors(app, endpoint);
  parseJsonBodies(app);
  if (config.localOnly) localOnly(app);
  limitBodyMemory(app, { maxLength: maxRequestBytes, onShed });
  // In this order: on close, queued requests are answered before their connections are closed.
  const onRequest = shedLoad(app, onShed);
  closeIdleConnections(app);
  const store = await openStore(config.store, app.log);
  metrics?.watchStore(store);
  const guarded = new GuardedClient({ toLoopback: config.sandbox, allow: config.egressHosts });
  const publicUrl = () => config.publicUrl ?? (config.sandbox ? loopbackUrlOf(app) : undefined);
  const webhooksUrl = () => publicUrl()?.concat(webhooksPath.slice(0, -1));
  const addresses = {
    isReachable: config.sandbox || config.publicUrl !== undefined,
    baseUrl: webhooksUrl,
    // The sandbox takes any, as the emulated carriers do, and sends on to loopback addresses.
    mayReach: (url: string) => config.sandbox || guarded.mayReach(url),
  };
  const parts = createParts(config, store, app.log, addresses, metrics);
  const adapters = [...parts.adapters.values()];
  const rateLimiter = createRateLimiter(config, store);
  const authenticate = createAuthenticator(config.access, (err, what) => {
    if (err === undefined) app.log.info(`the ${what} of the token issuer can be fetched again`);
    else app.log.warn({ err }, `the ${what} of the token issuer cannot be fetched`);
  });
  const contextOf = createContextOf({
    parts,
    config,
    authenticate,
    rateLimiter,
    log: app.log,
    tracer: await loadTracer(),
    onRefusal: metrics && ((code) => metrics.operations.refused(code)),
  });
  const shared = { config, schema, log: app.log, rateLimiter, authenticate, streams, calls: parts, store };
  const observer = metrics?.operations;
  const graphql = await createGraphQLHandler({ ...shared, contextOf, observer });
  if (config.corsOrigins.length > 0) await app.register(cors, { origin: [...config.corsOrigins] });
  const server = { sandbox: config.sandbox, needsKey: config.access !== 'open' };
  if (config.explorer) await app.register(explorer, { endpoint, server });
  if (config.console) await app.register(consolePage, { server });
  const { handle: handler, webSocket: wsHandler } = graphql;
  app.route({ url: endpoint, method: 'POST', onRequest, handler });
  const preValidation = refuseForeignSockets(app, config.corsOrigins);
  app.route({ url: endpoint, method: 'GET', onRequest, preValidation, handler, wsHandler });
  const sdl = config.introspection ? printSdl(schema) : undefined;
  serveSdl(app, { path: `${endpoint}/schema.graphql`, sdl, authenticate, rateLimiter, onRequest });
  const onLoss = createLossLog(app, 'lost', 'webhooks were not sent on to their statusUrl');
  const forwarder = new Forwarder({
    send: (request) => guarded.send(request),
    log: parts.forwardLog,
    onLoss,
  });
  addWebhooks(app, { ...parts, accounts: config.accounts, forwarder });
  const readiness = addHealth(app, store, adapters);
  const metricsServer = config.metrics && metrics && new MetricsServer({ ...config.metrics, metrics });
  const close = async (): Promise<void> => {
    await app.close();
    await graphql.stop();
    await forwarder.close();
    await guarded.close();
    await parts.events.close();
    // The last: what is done until then can still be scraped.
    await metricsServer?.close();
    await Promise.all(adapters.map((adapter) => adapter.close()));
    await store.close();
    await logStream.end();
  };
  let closing: Promise<void> | undefined;
  return {
    app,
    metrics: metricsServer,
    webhooksUrl,
    endReadiness: readiness.end,
    reloadOperations: graphql.reloadOperations,
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

/** Path of the GraphQL endpoint. */
export const endpoint = '/graphql';
const maxRequestBytes = 512 * 1024;
/** Milliseconds for a request to arrive. Fastify's default is no limit. */
const requestTimeout = 30_000;

/** A server that is assembled but does not listen yet. */
export interface Server {
  readonly app: FastifyInstance;
  /** Serves metrics once it listens; undefined if they are not configured. */
  readonly metrics: MetricsServer | undefined;
  /** What the addresses of all webhooks begin with, without a slash at the end; undefined if there are none. */
  webhooksUrl(): string | undefined;
  /** See `GraphQLHandler`. */
  reloadOperations(files?: readonly string[]): boolean;
  /** Makes `/readyz` return 503 and responses close their connections, while requests are still served. */
  endReadiness(): void;
  /** Refuses new requests, waits for pending ones, then releases all resources. May be called repeatedly. */
  close(): Promise<void>;
}

function createApp({ logLevel }: Config, stream: LogStream): FastifyInstance {
  return Fastify({
    logger: { level: logLevel, stream },
    genReqId: toRequestId,
    // Requests are not logged. Each GraphQL operation is logged instead.
    childLoggerFactory: (log) => log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: maxRequestBytes,
    requestTimeout,
    forceCloseConnections: 'idle',
    clientErrorHandler: handleConnectionError,
    // Fastify runs no hooks for these errors, so the header is set here.
    frameworkErrors: (_error, _request, reply) => {
      sendHttpError(reply.header('cache-control', 'no-store'), 404);
    },
  });
}

/** By default, rates are limited only if callers are authenticated. */
function createRateLimiter({ access, cost }: Config, store: Store): RateLimits | undefined {
  const defaultPoints = access === 'open' ? undefined : defaultPointsPerMinute;
  const pointsPerMinute = cost.pointsPerMinute ?? defaultPoints;
  if (pointsPerMinute === undefined) return undefined;
  const spendPoints = createSpendPoints(store, pointsPerMinute);
  return spendPoints === undefined
    ? new RateLimiter(pointsPerMinute)
    : new SharedRateLimiter(pointsPerMinute, spendPoints);
}
