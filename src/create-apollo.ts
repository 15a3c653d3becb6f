import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { FastifyBaseLogger } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import { createCostPlugin } from './access/cost-plugin.ts';
import type { RateLimiter } from './access/rate-limiter.ts';
import type { Config } from './config.ts';
import type { Context } from './context.ts';
import { formatError, formatWithoutSuggestions } from './format-error.ts';
import { knownOperationTypes } from './known-operation-types.ts';
import { operationLog } from './operation-log.ts';
import { statusByMediaType } from './status-by-media-type.ts';

/** Apollo Server with nothing on that nobody asked for, and every guard that it has. */
export function createApollo(
  config: Config,
  schema: GraphQLSchema,
  log: FastifyBaseLogger,
  rateLimiter: RateLimiter | undefined,
): ApolloServer<Context> {
  return new ApolloServer<Context>({
    schema,
    formatError: config.introspection ? formatError : formatWithoutSuggestions,
    logger: log,
    introspection: config.introspection,
    hideSchemaDetailsFromClientErrors: !config.introspection,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    persistedQueries: false,
    parseOptions: { maxTokens: config.cost.tokens },
    validationRules: [knownOperationTypes],
    validationOptions: { maxErrors: 5 },
    executionOptions: { maxCoercionErrors: 5 },
    maxRecursiveSelections: true,
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      statusByMediaType,
      createCostPlugin<Context>({
        limits: config.cost,
        callerOf: ({ caller }) => caller,
        accountsOf: ({ calls }) => calls.accounts.length,
        requestsOf: ({ operation }) => operation.requests,
        rateLimiter,
      }),
      operationLog(log),
    ],
  });
}
