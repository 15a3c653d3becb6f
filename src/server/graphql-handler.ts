import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyBaseLogger } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { Config } from '../config/config.ts';
import { CostGuard } from '../cost/cost-guard.ts';
import type { RateLimiter } from '../cost/rate-limiter.ts';
import type { Context } from '../graphql/context.ts';
import { createApollo } from '../graphql/create-apollo.ts';
import { KnownOperations } from '../graphql/execution/known-operations.ts';
import { formatError, formatWithoutSuggestions } from '../graphql/format-error.ts';
import { isSingle } from '../graphql/plugins/all-or-nothing.ts';
import { logOperation } from '../graphql/plugins/operation-log.ts';
import { doneIn } from '../graphql/plugins/tell-done.ts';
import { varyOf } from './cache-headers.ts';
import { type ContextOf, fastLane, type Guards, type Handler } from './fast-lane.ts';
import { UnderWay } from './under-way.ts';

export interface GraphQLHandlerParts {
  readonly config: Config;
  readonly schema: GraphQLSchema;
  readonly log: FastifyBaseLogger;
  /** Nobody's rate is limited without it. */
  readonly rateLimiter: RateLimiter | undefined;
  readonly contextOf: ContextOf<Context>;
}

export interface GraphQLHandler {
  readonly handle: Handler;
  /**
   * Waits for the operations under way, which all end by their deadlines; to be called once none can come. The
   * server itself waits for clients only: one that has left may have a call that is being placed, and what comes
   * of that must be written down before the store is closed.
   */
  stop(): Promise<void>;
}

/**
 * GraphQL over HTTP: Apollo Server for every document that comes for the first time and for whatever is
 * out of the ordinary, and the fast lane for operations that it has found valid before.
 */
export async function createGraphQLHandler(parts: GraphQLHandlerParts): Promise<GraphQLHandler> {
  const { config, schema, contextOf } = parts;
  const operations = new KnownOperations({ schema });
  const guard = new CostGuard(config.cost);
  const mask = config.introspection ? formatError : formatWithoutSuggestions;
  const apollo = createApollo({ ...parts, guard, operations, formatError: mask });
  await apollo.start();
  const context = async (...asked: Parameters<typeof contextOf>) => contextOf(...asked);
  const slow = fastifyApolloHandler(apollo, { context }) as Handler;
  const guards = { contextOf, admit: createAdmission(parts, guard), formatError: mask };
  const lane = fastLane(slow, operations, guards);
  const underWay = new UnderWay();
  const vary = varyOf(config);
  return {
    handle(request, reply) {
      reply.header('vary', vary);
      return underWay.run(() => lane.call(this, request, reply));
    },
    async stop() {
      await underWay.none();
      await apollo.stop();
    },
  };
}

/** What the plug-ins see to for Apollo Server: what an operation may cost, what it did cost, and the log. */
function createAdmission(
  { schema, log, rateLimiter }: GraphQLHandlerParts,
  guard: CostGuard,
): Guards<Context>['admit'] {
  return (context, { document, operation }, variables) => {
    const began = performance.now();
    // Several changes are looked at together before the first is made, which a plug-in sees to.
    if (operation.operation === 'mutation' && !isSingle(operation)) return undefined;
    const accounts = context.calls.accounts.length;
    const weight = guard.weigh({ schema, document, operation, variables, accounts });
    if (weight === undefined || weight.exceeded.length > 0) return undefined;
    const { id } = context.caller;
    const points = 1 + weight.points;
    if (rateLimiter !== undefined && rateLimiter.spend(id, points) > 0) return undefined;
    return (errors) => {
      rateLimiter?.settle(id, context.operation.requests - weight.requests);
      logOperation(log, { operation, contextValue: context, errors, began });
      return errors.length > 0 ? doneIn(context.calls) : undefined;
    };
  };
}
