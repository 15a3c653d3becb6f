import { ApolloServer, type ApolloServerOptionsWithTypeDefs, type GraphQLRequest } from '@apollo/server';
import { ApolloServerPluginUsageReportingDisabled } from '@apollo/server/plugin/disabled';
import type { FormattedExecutionResult } from 'graphql';
import { toRefusal } from '../../src/access/refusal.ts';
import { type CostSettings, costSettings } from '../../src/config/cost-settings.ts';
import { CostGuard } from '../../src/cost/cost-guard.ts';
import type { RateLimits } from '../../src/cost/rate-limiter.ts';
import { OperationCache } from '../../src/graphql/execution/operation-cache.ts';
import { Guards } from '../../src/graphql/guards/guards.ts';
import { limitCost } from '../../src/graphql/guards/limit-cost.ts';
import { applyGuards } from '../../src/graphql/plugins/apply-guards.ts';
import { cacheDocuments } from '../../src/graphql/plugins/cache-documents.ts';
import { schema, typeDefs } from '../cost/asked.ts';

export interface TestContext {
  readonly caller: { readonly id: string };
  readonly operation: { requests: number };
  readonly guards: Guards;
}

export interface Answer {
  readonly status: number | undefined;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: FormattedExecutionResult;
  /** The code of the first error. */
  readonly code: unknown;
}

export interface Served {
  ask(text: string, more?: Omit<GraphQLRequest, 'query'> & { as?: string }): Promise<Answer>;
  /** How many fields with a resolver have been resolved. */
  resolved(): number;
  readonly server: ApolloServer<TestContext>;
}

interface ServedOptions extends Partial<ApolloServerOptionsWithTypeDefs<TestContext>> {
  readonly limits?: Partial<CostSettings>;
  readonly rateLimiter?: RateLimits;
  /** Requests that each `call` costs in truth. */
  readonly requestsPerCall?: number;
  readonly accounts?: number;
}

/** The product's schema behind Apollo Server as it ought to be set up, every call being the same one. */
export function serve({
  limits,
  rateLimiter,
  requestsPerCall = 1,
  accounts = 2,
  ...options
}: ServedOptions = {}): Served {
  let resolved = 0;
  const settings = costSettings.parse(limits ?? {});
  const call = { __typename: 'Call', id: 'x', from: 'a', to: 'b', status: 'COMPLETED' };
  const one = (_: unknown, __: unknown, { operation }: TestContext) => {
    resolved += 1;
    operation.requests += requestsPerCall;
    return call;
  };
  const resolvers = {
    Query: {
      call: one,
      nodes: (_: unknown, { ids }: { ids: string[] }) => ids.map(() => call),
      calls: () => ({ nodes: [call], edges: [] }),
      accounts: () => {
        resolved += 1;
        return [];
      },
    },
    Account: { calls: () => ({ nodes: [call], edges: [] }) },
    Call: { parent: one, account: () => ({ id: 'y', key: 'one' }) },
    Mutation: {
      createCall: (...args: Parameters<typeof one>) => ({
        call: one(...args),
        replayed: false,
        userErrors: [],
      }),
    },
  };
  const guard = new CostGuard(settings, schema);
  const server = new ApolloServer<TestContext>({
    typeDefs: [...typeDefs],
    resolvers,
    introspection: true,
    maxRecursiveSelections: true,
    parseOptions: { maxTokens: settings.tokens },
    documentStore: null,
    validationOptions: { maxErrors: 5 },
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    formatError: (formatted, error) => toRefusal(error)?.formatted ?? formatted,
    ...options,
    plugins: [
      ApolloServerPluginUsageReportingDisabled(),
      cacheDocuments(new OperationCache(schema)),
      applyGuards(guard),
    ],
  });
  return {
    server,
    resolved: () => resolved,
    ask: async (text, { as = 'somebody', ...more } = {}) => {
      const context = {
        caller: { id: as },
        calls: { accounts: Array(accounts) },
        operation: { requests: 0 },
      };
      const contextValue = { ...context, guards: new Guards([limitCost(guard, rateLimiter)(context)]) };
      const { http, body } = await server.executeOperation({ query: text, ...more }, { contextValue });
      if (body.kind !== 'single') throw new Error('The answer comes in parts.');
      const { singleResult } = body;
      return {
        status: http.status,
        headers: http.headers,
        body: singleResult,
        code: singleResult.errors?.[0]?.extensions?.code,
      };
    },
  };
}
