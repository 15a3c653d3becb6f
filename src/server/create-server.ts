import type { ServerResponse } from 'node:http';
import cors from '@fastify/cors';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { type Authenticate, createAuthenticator } from '../access/authenticate.ts';
import type { Caller } from '../access/caller.ts';
import { rateLimited, unauthenticated } from '../access/refusal.ts';
import type { CallsParts } from '../calls/calls.ts';
import { withRecentCalls } from '../calls/lists/with-recent-calls.ts';
import { Idempotency } from '../calls/placing/idempotency.ts';
import type { Config } from '../config/config.ts';
import { defaultPointsPerMinute } from '../config/cost-settings.ts';
import { RateLimiter } from '../cost/rate-limiter.ts';
import { explorer, type ServerFacts } from '../explorer/explorer.ts';
import { type Context, createContext, createOperation } from '../graphql/context.ts';
import { loadSchema } from '../graphql/load-schema.ts';
import { printSdl } from '../graphql/print-sdl.ts';
import { createStore } from '../store/create-store.ts';
import type { Store } from '../store/store.ts';
import { boundBodies } from './bound-bodies.ts';
import { forbidStoring } from './cache-headers.ts';
import { closeUnused } from './close-unused.ts';
import type { ContextOf } from './fast-lane.ts';
import { createGraphQLHandler } from './graphql-handler.ts';
import { acceptJson } from './json-body.ts';
import { localOnly } from './local-only.ts';
import { createLogStream } from './log-stream.ts';
import { refuse, refuseConnection, refuseRequest } from './refuse-request.ts';
import { serveSdl } from './serve-sdl.ts';
import { shedLoad } from './shed-load.ts';

export const endpoint = '/graphql';
const maxRequestBytes = 512 * 1024;
/** Milliseconds that a request may take to arrive; Fastify would wait for ever. */
const requestTimeout = 30_000;
/** Milliseconds after which an operation past its deadline can be doing nothing more. */
const leaseMargin = 5_000;

/** A server that is put together but does not listen yet. */
export interface Server {
  readonly app: FastifyInstance;
  /** Answers no new request, lets those under way end, then lets go of everything. Once is enough. */
  close(): Promise<void>;
}

/** The composition root: the only place that sees adapters, resolvers and the server at once. */
export async function createServer(config: Config, schema = loadSchema()): Promise<Server> {
  const logStream = createLogStream();
  const app = Fastify({
    logger: { level: config.logLevel, stream: logStream },
    // Nothing is logged by the request: an operation has its own line.
    childLoggerFactory: (log) => log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: maxRequestBytes,
    requestTimeout,
    forceCloseConnections: 'idle',
    clientErrorHandler: refuseConnection,
    // No hook is run for it.
    frameworkErrors: (_error, _request, reply) => refuse(reply.header('cache-control', 'no-store'), 404),
  });
  forbidStoring(app);
  refuseRequest(app, endpoint);
  acceptJson(app);
  if (config.localOnly) localOnly(app);
  boundBodies(app, { longest: maxRequestBytes });
  // In this order: whoever waits at the gate is answered before the connections are closed.
  const onRequest = shedLoad(app);
  closeUnused(app);
  const store = createStore(config.store);
  const parts = createParts(config, store, app.log);
  const rateLimiter = createRateLimiter(config);
  const authenticate = createAuthenticator(config.access);
  const contextOf = createContextOf(parts, config, authenticate, rateLimiter);
  const graphql = await createGraphQLHandler({ config, schema, log: app.log, rateLimiter, contextOf });
  if (config.corsOrigins.length > 0) await app.register(cors, { origin: [...config.corsOrigins] });
  if (config.explorer) await app.register(explorer, { endpoint, server: factsOf(config) });
  app.route({
    url: endpoint,
    method: ['GET', 'POST'],
    onRequest,
    handler: graphql.handle,
  });
  const sdl = config.introspection ? printSdl(schema) : undefined;
  serveSdl(app, { path: `${endpoint}/schema.graphql`, sdl, authenticate, rateLimiter, onRequest });
  addHealth(app);
  const close = async (): Promise<void> => {
    await app.close();
    await graphql.stop();
    await Promise.all([...parts.adapters.values()].map((adapter) => adapter.close()));
    await store.close();
    await logStream.end();
  };
  let closing: Promise<void> | undefined;
  return {
    app,
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

/** What is known before a request is parsed: who sent it, and whether they may ask now. */
function createContextOf(
  parts: CallsParts,
  { limits }: Config,
  authenticate: Authenticate,
  rateLimiter: RateLimiter | undefined,
): ContextOf<Context> {
  const toContext = (caller: Caller | undefined, response: ServerResponse): Context => {
    if (caller === undefined) throw unauthenticated();
    const wait = rateLimiter?.waitFor(caller.id) ?? 0;
    if (wait > 0) throw rateLimited(wait);
    return createContext(parts, createOperation(limits.readDeadline, response), caller);
  };
  return ({ headers }, { raw }) => {
    const caller = authenticate(headers);
    return caller instanceof Promise ? caller.then((known) => toContext(known, raw)) : toContext(caller, raw);
  };
}

/** Rates are limited where callers can be told apart, or where it is asked for. */
function createRateLimiter({ access, cost }: Config): RateLimiter | undefined {
  const usual = access === 'open' ? undefined : defaultPointsPerMinute;
  const pointsPerMinute = cost.pointsPerMinute ?? usual;
  return pointsPerMinute === undefined ? undefined : new RateLimiter(pointsPerMinute);
}

/** What the explorer's page shows of this server. */
function factsOf({ sandbox, access }: Config): ServerFacts {
  return { sandbox, needsKey: access !== 'open' };
}

/** `/healthz` while the process lives, `/readyz` while it takes work. */
function addHealth(app: FastifyInstance): void {
  let isClosing = false;
  app.addHook('preClose', async () => {
    isClosing = true;
  });
  // A connection that is busy when the server closes would otherwise be kept alive, and the process with it.
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (isClosing) reply.header('connection', 'close');
    done();
  });
  app.get('/healthz', async () => ({ status: 'ok' }));
  app.get('/readyz', async (_, reply) => reply.code(isClosing ? 503 : 200).send({ ready: !isClosing }));
}

function createParts({ accounts, limits }: Config, store: Store, log: FastifyBaseLogger): CallsParts {
  const adapters = accounts.map(({ factory, settings, entry }) =>
    withRecentCalls(factory.create(settings, entry)),
  );
  return {
    adapters: new Map(adapters.map((adapter) => [adapter.account.key, adapter])),
    idempotency: new Idempotency(store, {
      lease: limits.readDeadline + leaseMargin,
      onUnkept: (err) => log.warn({ err }, 'a call was not placed: its idempotencyKey could not be kept'),
    }),
    limits,
  };
}
