import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { WebsocketHandler } from '@fastify/websocket';
import type { onSendHookHandler } from 'fastify';
import type { Authenticate } from '../access/authenticate.ts';
import { AccessRefusal } from '../access/refusal.ts';
import type { Executor } from '../api/executor.ts';
import type { Config } from '../config/config.ts';
import { varyOf } from './cache-headers.ts';
import { compressResponses } from './compress-responses.ts';
import { createContextOf } from './create-context-of.ts';
import { createFastLane, type Handler } from './fast-lane.ts';
import { refuseOperation } from './refuse-operation.ts';
import { createRequestResolver } from './resolve-requests.ts';
import { ServerTiming } from './server-timing.ts';
import { createStreams } from './streams/create-streams.ts';
import type { OpenStreams } from './streams/open-streams.ts';

/**
 * Creates the handler of the GraphQL endpoint (GraphQL over HTTP). Apollo Server handles the first request with a
 * document and everything unusual; the fast lane handles operations that have been validated before.
 */
export function createGraphQLHandler(parts: GraphQLHandlerParts): GraphQLHandler {
  const { config, executor, authenticate, streams: open } = parts;
  const timing = config.serverTiming ? new ServerTiming() : undefined;
  const created = createContextOf(executor.opener, authenticate);
  const contextOf = timing?.watch(created) ?? created;
  const streams = createStreams({ config, executor, authenticate, streams: open, contextOf });
  const handle = createFastLane({
    executor,
    contextOf,
    apollo: (context) => fastifyApolloHandler(executor.apollo, { context }) as Handler,
  });
  const { sources, mask } = executor;
  const resolve = sources && createRequestResolver(sources, config.corsOrigins);
  const refusing = { contextOf, mask };
  const vary = varyOf(config);
  return {
    handle(request, reply) {
      reply.header('vary', vary);
      timing?.begin(reply);
      return executor.pending.run(async () => {
        let resolved = request;
        try {
          if (resolve !== undefined) resolved = await resolve(request);
        } catch (error) {
          if (error instanceof AccessRefusal) return refuseOperation(refusing, request, reply, error);
          throw error;
        }
        return streams.handle(resolved, reply) ?? handle.call(this, resolved, reply);
      });
    },
    webSocket: streams.webSocket,
    // Compression is part of the time until a response is sent.
    onSend: [
      ...(config.compress ? [compressResponses] : []),
      ...(timing === undefined ? [] : [timing.onSend]),
    ],
  };
}

export interface GraphQLHandlerParts {
  readonly config: Config;
  readonly executor: Executor;
  readonly authenticate: Authenticate;
  readonly streams: OpenStreams;
}

export interface GraphQLHandler {
  readonly handle: Handler;
  readonly webSocket: WebsocketHandler;
  /** For the routes of the handler. */
  readonly onSend: onSendHookHandler[];
}
