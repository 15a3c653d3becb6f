import Fastify, { LogController } from 'fastify';
import { createAuthenticator } from '../../src/access/authenticate.ts';
import { createParts } from '../../src/api/create-parts.ts';
import { Executor } from '../../src/api/executor.ts';
import type { Call } from '../../src/calls/call.ts';
import { RateLimiter } from '../../src/cost/rate-limiter.ts';
import { loadSchema } from '../../src/graphql/load-schema.ts';
import { closeIdleConnections } from '../../src/server/close-idle-connections.ts';
import { createEndpoint } from '../../src/server/create-endpoint.ts';
import { toRequestId } from '../../src/server/request-id.ts';
import { acceptWebSockets, refuseForeignSockets } from '../../src/server/streams/accept-web-sockets.ts';
import { OpenStreams } from '../../src/server/streams/open-streams.ts';
import type { StreamLimitSettings } from '../../src/server/streams/stream-limits.ts';
import { MemoryStore } from '../../src/store/memory-store.ts';
import { main, read } from './accounts-file.ts';
import { ArrayAdapter } from './array-adapter.ts';
import { noAddresses } from './no-addresses.ts';
import { someAccount, someCall } from './some-call.ts';
import { someEvents } from './some-events.ts';

const schema = loadSchema();

export interface StreamServerOptions {
  readonly file?: object;
  readonly limits?: Partial<StreamLimitSettings>;
  readonly pointsPerMinute?: number;
}

/** The endpoint for subscriptions over real sockets, on two accounts whose events are told by the test. */
export async function startStreamServer({ file = {}, limits, pointsPerMinute }: StreamServerOptions = {}) {
  const lines: Record<string, unknown>[] = [];
  const stream = { write: (line: string) => void lines.push(JSON.parse(line)) };
  const app = Fastify({
    logger: { level: 'info', stream },
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: 'idle',
    genReqId: toRequestId,
  });
  const accounts = ['alpha', 'beta'].map((key) => someAccount({ key }));
  const adapters = new Map(accounts.map((account) => [account.key, new ArrayAdapter(account)]));
  const events = someEvents(...accounts);
  const configured = accounts.map(({ key }) => ({ ...main, key, accountId: key }));
  const config = read({ accounts: configured, ...file }, { LOG_LEVEL: 'silent' });
  const store = new MemoryStore();
  const current = { ...createParts(config, store, app.log, noAddresses).accounts.current, adapters, events };
  const calls = { current, take: () => ({ calls: current, release: () => undefined }) };
  const streams = new OpenStreams(limits);
  await acceptWebSockets(app, streams);
  closeIdleConnections(app);
  const rateLimiter =
    pointsPerMinute === undefined ? undefined : new RateLimiter(pointsPerMinute, { now: () => 0 });
  const authenticate = createAuthenticator(config.access);
  const executor = new Executor({ config, schema, log: app.log, rateLimiter, calls, store });
  await executor.start();
  const graphql = createEndpoint({ config, executor, authenticate }, streams);
  const { handle: handler, webSocket: wsHandler } = graphql;
  const preValidation = refuseForeignSockets(app, config.corsOrigins);
  app.route({ url: '/graphql', method: 'GET', preValidation, handler, wsHandler });
  app.route({ url: '/graphql', method: 'POST', handler });
  const url = `${await app.listen({ host: '127.0.0.1', port: 0 })}/graphql`;
  let closing: Promise<void> | undefined;
  return {
    app,
    url,
    webSocketUrl: url.replace('http', 'ws'),
    adapters,
    streams,
    /** Lines of the log with this message. */
    logged: (message: string) => lines.filter(({ msg }) => msg === message),
    /** Tells of a call in this state. */
    tell: (changes: Partial<Call>, accountKey = 'alpha') =>
      events.observe({
        call: someCall({ account: someAccount({ key: accountKey }), ...changes }),
        source: 'WEBHOOK',
      }),
    /** The cursors of all events of a call. */
    cursors: async (providerCallId: string, accountKey = 'alpha') =>
      (await events.timeline({ accountKey, providerCallId })).map(({ cursor }) => cursor),
    close() {
      closing ??= (async () => {
        await app.close();
        await executor.stop();
        await events.close();
      })();
      return closing;
    },
  };
}

export type StreamServer = Awaited<ReturnType<typeof startStreamServer>>;
