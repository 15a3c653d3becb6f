import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { WebsocketHandler } from '@fastify/websocket';
import { AccessRefusal } from '../access/refusal.ts';
import { CostGuard } from '../cost/cost-guard.ts';
import type { Context } from '../graphql/context.ts';
import { createApollo } from '../graphql/create-apollo.ts';
import { OperationCache } from '../graphql/execution/operation-cache.ts';
import { formatError, formatWithoutSuggestions } from '../graphql/format-error.ts';
import { createGuards, type GuardedContext } from '../graphql/guards/guards.ts';
import type { OperationObserver } from '../graphql/guards/observe-operation.ts';
import type { Store } from '../store/store.ts';
import { varyOf } from './cache-headers.ts';
import type { ContextOf } from './create-context-of.ts';
import { createOperationSources } from './create-operation-sources.ts';
import { createFastLane, type Handler } from './fast-lane.ts';
import { refuseOperation } from './refuse-operation.ts';
import { createRequestResolver } from './resolve-requests.ts';
import { PendingWork } from '../api/pending-work.ts';
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
  const sources = createOperationSources({ ...parts, guard, operations });
  const known = sources?.known;
  const refusalOf = known && ((digest: string) => known.refusalOf(digest));
  const { automatic } = sources ?? {};
  const apollo = createApollo({ ...parts, guard, operations, formatError: mask, refusalOf, automatic });
  await apollo.start();
  const guardsOf = createGuards(guard, parts.rateLimiter, parts.log, parts.observer);
  const toGuarded = (context: Context) => ({ ...context, guards: guardsOf(context) });
  const contextOf: ContextOf<GuardedContext> = (request, reply) => {
    const context = parts.contextOf(request, reply);
    return context instanceof Promise ? context.then(toGuarded) : toGuarded(context);
  };
  const streams = createStreams({
    ...parts,
    apollo,
    guard,
    operations,
    contextOf,
    formatError: mask,
    sources,
  });
  const handle = createFastLane({
    schema,
    operations,
    contextOf,
    formatError: mask,
    apollo: (context) => fastifyApolloHandler(apollo, { context }) as Handler,
  });
  const resolve = sources && createRequestResolver(sources, config.corsOrigins);
  const refusing = { contextOf, formatError: mask };
  const pending = new PendingWork();
  const vary = varyOf(config);
  return {
    handle(request, reply) {
      reply.header('vary', vary);
      return pending.run(async () => {
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
    reloadOperations: (files) => known?.reload(files) ?? true,
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
  readonly store: Store;
  /** Undefined if nobody asks for metrics. */
  readonly observer?: OperationObserver | undefined;
}

export interface GraphQLHandler {
  readonly handle: Handler;
  readonly webSocket: WebsocketHandler;
  /** Reads the files of known operations again, or others in their place; false if they cannot be used: see the log. */
  reloadOperations(files?: readonly string[]): boolean;
  /**
   * Waits for pending operations, which end by their deadlines. Call it once no more requests can arrive. Closing
   * the server waits only for connected clients, but a call may still be being placed for a client that has
   * disconnected, and its outcome must be stored before the store is closed.
   */
  stop(): Promise<void>;
}
