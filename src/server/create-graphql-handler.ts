import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { WebsocketHandler } from '@fastify/websocket';
import { CostGuard } from '../cost/cost-guard.ts';
import type { Context } from '../graphql/context.ts';
import { createApollo } from '../graphql/create-apollo.ts';
import { OperationCache } from '../graphql/execution/operation-cache.ts';
import { formatError, formatWithoutSuggestions } from '../graphql/format-error.ts';
import { createGuards, type GuardedContext } from '../graphql/guards/guards.ts';
import type { OperationObserver } from '../graphql/guards/observe-operation.ts';
import { varyOf } from './cache-headers.ts';
import type { ContextOf } from './create-context-of.ts';
import { createFastLane, type Handler } from './fast-lane.ts';
import { PendingWork } from './pending-work.ts';
import { createStreams, type StreamsParts } from './streams/create-streams.ts';

/**
 * Creates the handler of the GraphQL endpoint (GraphQL over HTTP). Apollo Server handles the first request with a
 * document and everything unusual; the fast lane handles operations that have been validated before.
 */
export async function createGraphQLHandler(parts: GraphQLHandlerParts): Promise<GraphQLHandler> {
  const { config, schema } = parts;
  const operations = new OperationCache(schema);
  const guard = new CostGuard(config.cost, schema);
  const mask = config.introspection ? formatError : formatWithoutSuggestions;
  const apollo = createApollo({ ...parts, guard, operations, formatError: mask });
  await apollo.start();
  const guardsOf = createGuards(guard, parts.rateLimiter, parts.log, parts.observer);
  const toGuarded = (context: Context) => ({ ...context, guards: guardsOf(context) });
  const contextOf: ContextOf<GuardedContext> = (request, reply) => {
    const context = parts.contextOf(request, reply);
    return context instanceof Promise ? context.then(toGuarded) : toGuarded(context);
  };
  const streams = createStreams({ ...parts, apollo, guard, operations, contextOf, formatError: mask });
  const handle = createFastLane({
    schema,
    operations,
    contextOf,
    formatError: mask,
    apollo: (context) => fastifyApolloHandler(apollo, { context }) as Handler,
  });
  const pending = new PendingWork();
  const vary = varyOf(config);
  return {
    handle(request, reply) {
      reply.header('vary', vary);
      return pending.run(() => streams.handle(request, reply) ?? handle.call(this, request, reply));
    },
    webSocket: streams.webSocket,
    async stop() {
      await pending.idle();
      await apollo.stop();
    },
  };
}

export interface GraphQLHandlerParts
  extends Pick<
    StreamsParts,
    'config' | 'schema' | 'log' | 'rateLimiter' | 'calls' | 'authenticate' | 'streams'
  > {
  readonly contextOf: ContextOf<Context>;
  /** Undefined if nobody asks for metrics. */
  readonly observer?: OperationObserver | undefined;
}

export interface GraphQLHandler {
  readonly handle: Handler;
  readonly webSocket: WebsocketHandler;
  /**
   * Waits for pending operations, which end by their deadlines. Call it once no more requests can arrive. Closing
   * the server waits only for connected clients, but a call may still be being placed for a client that has
   * disconnected, and its outcome must be stored before the store is closed.
   */
  stop(): Promise<void>;
}
