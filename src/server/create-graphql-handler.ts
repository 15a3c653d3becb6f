import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyBaseLogger } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { Config } from '../config/config.ts';
import { CostGuard } from '../cost/cost-guard.ts';
import type { RateLimiter } from '../cost/rate-limiter.ts';
import type { Context } from '../graphql/context.ts';
import { createApollo } from '../graphql/create-apollo.ts';
import { OperationCache } from '../graphql/execution/operation-cache.ts';
import { formatError, formatWithoutSuggestions } from '../graphql/format-error.ts';
import { isSingle } from '../graphql/plugins/all-or-nothing.ts';
import { logOperation } from '../graphql/plugins/operation-log.ts';
import { toDoneExtension } from '../graphql/plugins/report-done.ts';
import { varyOf } from './cache-headers.ts';
import type { ContextOf } from './create-context-of.ts';
import { createFastPath, type Guards, type Handler } from './fast-path.ts';
import { PendingWork } from './pending-work.ts';

/**
 * Creates the handler of the GraphQL endpoint (GraphQL over HTTP). Apollo Server handles the first request with a
 * document and everything unusual; the fast path handles operations that have been validated before.
 */
export async function createGraphQLHandler(parts: GraphQLHandlerParts): Promise<GraphQLHandler> {
  const { config, schema, contextOf } = parts;
  const operations = new OperationCache({ schema });
  const guard = new CostGuard(config.cost);
  const mask = config.introspection ? formatError : formatWithoutSuggestions;
  const apollo = createApollo({ ...parts, guard, operations, formatError: mask });
  await apollo.start();
  const context = async (...given: Parameters<typeof contextOf>) => contextOf(...given);
  const apolloHandler = fastifyApolloHandler(apollo, { context }) as Handler;
  const guards = { contextOf, admit: createAdmit(parts, guard), formatError: mask };
  const fastPath = createFastPath(apolloHandler, operations, guards);
  const pending = new PendingWork();
  const vary = varyOf(config);
  return {
    handle(request, reply) {
      reply.header('vary', vary);
      return pending.run(() => fastPath.call(this, request, reply));
    },
    async stop() {
      await pending.idle();
      await apollo.stop();
    },
  };
}

export interface GraphQLHandlerParts {
  readonly config: Config;
  readonly schema: GraphQLSchema;
  readonly log: FastifyBaseLogger;
  /** Undefined if rates are not limited. */
  readonly rateLimiter: RateLimiter | undefined;
  readonly contextOf: ContextOf<Context>;
}

export interface GraphQLHandler {
  readonly handle: Handler;
  /**
   * Waits for pending operations, which end by their deadlines. Call it once no more requests can arrive. Closing
   * the server waits only for connected clients, but a call may still be being placed for a client that has
   * disconnected, and its outcome must be stored before the store is closed.
   */
  stop(): Promise<void>;
}

/** Does on the fast path what the plug-ins for cost and logging do for Apollo Server. */
function createAdmit(
  { schema, log, rateLimiter }: GraphQLHandlerParts,
  guard: CostGuard,
): Guards<Context>['admit'] {
  return (context, { document, operation }, variables) => {
    const began = performance.now();
    // Apollo Server decides how streams are answered.
    if (operation.operation === 'subscription') return undefined;
    // Several changes in one mutation are checked together, by the plug-in `allOrNothing`.
    if (operation.operation === 'mutation' && !isSingle(operation)) return undefined;
    const accounts = context.calls.accounts.length;
    const cost = guard.assess({ schema, document, operation, variables, accounts });
    if (cost === undefined || cost.exceeded.length > 0) return undefined;
    const { id } = context.caller;
    const points = 1 + cost.points;
    if (rateLimiter !== undefined && rateLimiter.spend(id, points) > 0) return undefined;
    return (errors) => {
      rateLimiter?.settle(id, context.operation.requests - cost.requests);
      logOperation(log, { operation, contextValue: context, errors, began });
      return errors.length > 0 ? toDoneExtension(context.calls) : undefined;
    };
  };
}
