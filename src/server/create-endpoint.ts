import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { WebsocketHandler } from '@fastify/websocket';
import type { onSendHookHandler } from 'fastify';
import { AccessRefusal, closed } from '../access/refusal.ts';
import type { Core } from '../api/create-core.ts';
import { varyOf } from './cache-headers.ts';
import { compressResponses } from './compress-responses.ts';
import { createContextOf } from './create-context-of.ts';
import { createFastLane, type Handler } from './fast-lane.ts';
import { refuseOperation } from './refuse-operation.ts';
import { createRequestResolver } from './resolve-requests.ts';
import { ServerTiming } from './server-timing.ts';
import { createStreams, type Streams } from './streams/create-streams.ts';
import { OpenStreams } from './streams/open-streams.ts';

/**
 * Creates the GraphQL endpoint of an API (GraphQL over HTTP). Apollo Server handles the first request with a document and
 * everything unusual; the fast lane handles operations that have been validated before.
 */
export function createEndpoint(
  { config, executor, authenticate, metrics, reloads }: EndpointParts,
  streamsOf?: OpenStreams,
): Endpoint {
  const open = streamsOf ?? new OpenStreams({}, metrics?.streams);
  // What is mounted in an app of others is reached through these.
  if (streamsOf === undefined) {
    metrics?.streams.watch(open);
    reloads?.onReload(() => () => open.checkAccess());
  }
  const timing = config.serverTiming ? new ServerTiming() : undefined;
  const created = createContextOf(executor.opener, authenticate);
  const contextOf = timing?.watch(created) ?? created;
  const streams = createStreams({ config, executor, authenticate, streams: open, contextOf });
  const handle = createFastLane({
    executor,
    contextOf,
    apollo: (context) => fastifyApolloHandler(executor.apollo, { context }) as Handler,
  });
  const resolve = executor.sources && createRequestResolver(executor.sources, config.corsOrigins);
  const vary = varyOf(config);
  return {
    handle(request, reply) {
      reply.header('vary', vary);
      timing?.begin(reply);
      return executor.pending.run(async () => {
        let resolved = request;
        try {
          if (executor.opener.isClosed) throw closed();
          if (resolve !== undefined) resolved = await resolve(request);
        } catch (error) {
          if (error instanceof AccessRefusal)
            return refuseOperation({ contextOf, mask: executor.mask }, request, reply, error);
          throw error;
        }
        return streams.handle(resolved, reply) ?? handle.call(this, resolved, reply);
      });
    },
    webSocket: streams.webSocket,
    openStream: streams.open,
    streams: open,
    // Compression is part of the time until a response is sent.
    onSend: [
      ...(config.compress ? [compressResponses] : []),
      ...(timing === undefined ? [] : [timing.onSend]),
    ],
  };
}

type EndpointParts = Pick<Core, 'config' | 'executor' | 'authenticate'> &
  Partial<Pick<Core, 'metrics' | 'reloads'>>;

/** Answers the GraphQL requests of one API, by whichever route they come. */
export interface Endpoint {
  readonly handle: Handler;
  readonly webSocket: WebsocketHandler;
  readonly openStream: Streams['open'];
  /** For the routes of the handler. */
  readonly onSend: onSendHookHandler[];
  readonly streams: OpenStreams;
}
