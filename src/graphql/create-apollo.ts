import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
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
import type { KnownOperations } from './execution/known-operations.ts';
import { knownOperationTypes } from './known-operation-types.ts';
import { allOrNothing } from './plugins/all-or-nothing.ts';
import { createCostPlugin } from './plugins/cost-plugin.ts';
import { nameField } from './plugins/name-field.ts';
import { operationLog } from './plugins/operation-log.ts';
import { rememberValid } from './plugins/remember-valid.ts';
import { statusByMediaType } from './plugins/status-by-media-type.ts';
import { tellDone } from './plugins/tell-done.ts';

export interface ApolloParts {
  readonly config: Config;
  readonly schema: GraphQLSchema;
  readonly log: FastifyBaseLogger;
  readonly guard: CostGuard;
  readonly rateLimiter: RateLimiter | undefined;
  readonly operations: KnownOperations;
  readonly formatError: Mask;
}

type Mask = (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;

/** Apollo Server with nothing on that nobody asked for, and every guard that it has. */
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
    // The known operations are one, and the only one: see `rememberValid`.
    documentStore: null,
    parseOptions: { maxTokens: config.cost.tokens },
    validationRules: [knownOperationTypes],
    validationOptions: { maxErrors: 5 },
    maxRecursiveSelections: true,
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
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
      nameField,
      tellDone,
      operationLog(log),
      rememberValid(operations),
    ],
  });
}
