import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { FastifyBaseLogger } from 'fastify';
import type { GraphQLFormattedError, GraphQLSchema } from 'graphql';
import type { Config } from '../config/config.ts';
import type { CostGuard } from '../cost/cost-guard.ts';
import type { RateLimiter } from '../cost/rate-limiter.ts';
import type { Context } from './context.ts';
import { checkVariables } from './execution/check-variables.ts';
import type { OperationCache } from './execution/operation-cache.ts';
import { knownOperationTypes } from './known-operation-types.ts';
import { addErrorField } from './plugins/add-error-field.ts';
import { allOrNothing } from './plugins/all-or-nothing.ts';
import { cacheDocuments } from './plugins/cache-documents.ts';
import { createCostPlugin } from './plugins/cost-plugin.ts';
import { operationLog } from './plugins/operation-log.ts';
import { reportDone } from './plugins/report-done.ts';
import { statusByMediaType } from './plugins/status-by-media-type.ts';

/** Creates Apollo Server with every protection it has enabled and every optional feature disabled. */
export function createApollo(parts: ApolloParts): ApolloServer<Context> {
  const { config, schema, log, guard, rateLimiter, operations, formatError } = parts;
  return new ApolloServer<Context>({
    schema,
    formatError,
    logger: log,
    introspection: config.introspection,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    persistedQueries: false,
    // `cacheDocuments` replaces it.
    documentStore: null,
    parseOptions: { maxTokens: config.cost.tokens },
    validationRules: [knownOperationTypes],
    validationOptions: { maxErrors: 5 },
    maxRecursiveSelections: true,
    plugins: [
      // These two wrap all resolvers at the first request, for good: nothing would be compiled any more.
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      statusByMediaType,
      createCostPlugin<Context>({
        guard,
        callerOf: ({ caller }) => caller,
        accountsOf: ({ calls }) => calls.accounts.length,
        requestsOf: ({ operation }) => operation.requests,
        rateLimiter,
      }),
      checkVariables,
      allOrNothing,
      addErrorField,
      reportDone,
      operationLog(log),
      cacheDocuments(operations),
    ],
  });
}

/** What the plug-ins of Apollo Server need. */
export interface ApolloParts {
  readonly config: Config;
  readonly schema: GraphQLSchema;
  readonly log: FastifyBaseLogger;
  readonly guard: CostGuard;
  readonly rateLimiter: RateLimiter | undefined;
  readonly operations: OperationCache;
  readonly formatError: Mask;
}

type Mask = (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;
