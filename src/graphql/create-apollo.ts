import { ApolloServer, type PersistedQueryOptions } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { GraphQLError, GraphQLSchema } from 'graphql';
import type { Config } from '../config/config.ts';
import type { CostGuard } from '../cost/cost-guard.ts';
import type { Logger } from '../runtime/logger.ts';
import type { OperationCache } from './execution/operation-cache.ts';
import type { GuardedContext } from './guards/guards.ts';
import { knownOperationTypes } from './known-operation-types.ts';
import { addErrorField } from './plugins/add-error-field.ts';
import { answerSubscriptions } from './plugins/answer-subscriptions.ts';
import { applyGuards } from './plugins/apply-guards.ts';
import { cacheDocuments } from './plugins/cache-documents.ts';
import { statusByMediaType } from './plugins/status-by-media-type.ts';
import type { Mask } from './to-formatted.ts';

/**
 * Creates Apollo Server with every protection it has enabled and every optional feature disabled.
 *
 * What concerns an operation that is executed belongs into `createGuards`, because the fast lane runs no plug-ins. They
 * are for documents and refusals.
 */
export function createApollo(parts: ApolloParts): ApolloServer<GuardedContext> {
  const { config, schema, log, guard, operations, formatError } = parts;
  return new ApolloServer<GuardedContext>({
    schema,
    formatError,
    logger: log,
    introspection: config.introspection,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    persistedQueries: parts.automatic === undefined ? false : { cache: parts.automatic },
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
      applyGuards(guard, parts.refusalOf),
      addErrorField,
      cacheDocuments(operations),
      answerSubscriptions,
    ],
  });
}

/** What the plug-ins of Apollo Server need. */
export interface ApolloParts {
  readonly config: Config;
  readonly schema: GraphQLSchema;
  readonly log: Logger;
  readonly guard: CostGuard;
  readonly operations: OperationCache;
  readonly formatError: Mask;
  /** Why a document with this digest is not executed. */
  readonly refusalOf?: ((digest: string) => GraphQLError | undefined) | undefined;
  /** What clients have registered; undefined if they may not. */
  readonly automatic?: NonNullable<PersistedQueryOptions['cache']> | undefined;
}
