import type { ApolloServerPlugin, BaseContext } from '@apollo/server';
import { GraphQLError, Kind } from 'graphql';
import type { Caller } from '../../access/caller.ts';
import { rateLimited, tooCostly } from '../../access/refusal.ts';
import type { CostGuard } from '../../cost/cost-guard.ts';
import { isNestedTooDeep, maxNesting } from '../../cost/nesting.ts';
import type { RateLimiter } from '../../cost/rate-limiter.ts';

/**
 * Creates a plug-in that refuses an operation before execution if it exceeds a limit (OPERATION_TOO_COSTLY) or if its
 * caller has spent its points (RATE_LIMITED). Every request costs its caller one point, even if it is not valid
 * GraphQL. After execution the estimated requests to providers are replaced by the actual ones.
 *
 * Limits that do not depend on variables are checked between parsing and validation, because rules that compare fields
 * pairwise take 100 ms for 500 fields of the same name. A document that is too long, or nested too deep, is not parsed. Apollo Server
 * must have no `documentStore`, which would bypass these steps.
 */
export function createCostPlugin<Context extends BaseContext>(
  options: CostPluginOptions<Context>,
): ApolloServerPlugin<Context> {
  const { guard, callerOf, accountsOf, requestsOf, rateLimiter } = options;

  return {
    async requestDidStart({ contextValue }) {
      const { id } = callerOf(contextValue);
      const wait = rateLimiter?.spend(id, 1) ?? 0;
      /** Points for validating the document that have not been spent yet. */
      let validation = 0;
      let estimated: number | undefined;
      let refusal: GraphQLError | undefined;
      return {
        async didResolveSource(request) {
          refusal = refusalOf(request.source, guard);
          // A plug-in cannot end a request here, but Apollo Server neither parses nor validates a document that is set.
          if (refusal) Object.assign(request, { document: { kind: Kind.DOCUMENT, definitions: [] } });
        },
        async parsingDidStart(request) {
          return async (error) => {
            if (error !== undefined || request.document === undefined) return;
            validation = Math.ceil((request.document.tokenCount ?? 0) / tokensPerPoint);
            const placeholder = guard.placeholderFor(request.document);
            if (placeholder !== undefined) Object.assign(request, { document: placeholder });
          };
        },
        async didResolveOperation({ schema, document, operation, request, contextValue }) {
          if (wait > 0) throw rateLimited(wait);
          if (refusal !== undefined) throw refusal;
          const variables = request.variables ?? {};
          const accounts = accountsOf(contextValue);
          const cost = guard.assess({ schema, document, operation, variables, accounts });
          if (cost === undefined) return;
          if (cost.exceeded.length > 0) throw tooCostly(cost.exceeded);
          // Return the point of the request and spend all points together: what costs more than a full bucket may
          // be spent only while the bucket is full.
          const points = 1 + validation + cost.points;
          rateLimiter?.settle(id, -1);
          const isTooMuch = rateLimiter !== undefined && rateLimiter.spend(id, points) > 0;
          if (isTooMuch) rateLimiter.settle(id, 1 + validation);
          validation = 0;
          if (isTooMuch) throw rateLimited(rateLimiter.waitFor(id, points));
          estimated = cost.requests;
        },
        async willSendResponse({ contextValue }) {
          rateLimiter?.settle(id, validation);
          if (estimated === undefined || requestsOf === undefined) return;
          rateLimiter?.settle(id, requestsOf(contextValue) - estimated);
        },
      };
    },
  };
}

/** Access to the guard and to what it needs of the context. */
export interface CostPluginOptions<Context extends BaseContext> {
  readonly guard: CostGuard;
  callerOf(context: Context): Pick<Caller, 'id'>;
  /** How many accounts the caller may see. */
  accountsOf(context: Context): number;
  /** Requests sent to providers so far. Without it, an operation costs its estimated points. */
  requestsOf?(context: Context): number;
  /** Undefined if rates are not limited. */
  readonly rateLimiter?: RateLimiter | undefined;
}

/** One point for so many tokens of a document that has to be validated, which takes longer than most executions. */
const tokensPerPoint = 20;

/** Why a document is not even parsed; undefined if it is. */
function refusalOf(source: string, guard: CostGuard): GraphQLError | undefined {
  const tooLong = guard.checkLength(source);
  if (tooLong !== undefined) return tooCostly([tooLong]);
  if (!isNestedTooDeep(source)) return undefined;
  return new GraphQLError(`The document is nested more than ${maxNesting} deep.`, {
    extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
  });
}
