import type { ApolloServerPlugin, BaseContext } from '@apollo/server';
import { Kind } from 'graphql';
import type { Caller } from '../../access/caller.ts';
import { type Exceeded, rateLimited, tooCostly } from '../../access/refusal.ts';
import type { CostGuard } from '../../cost/cost-guard.ts';
import type { RateLimiter } from '../../cost/rate-limiter.ts';

export interface CostPluginOptions<Context extends BaseContext> {
  readonly guard: CostGuard;
  callerOf(context: Context): Pick<Caller, 'id'>;
  /** How many accounts the caller may see. */
  accountsOf(context: Context): number;
  /** Requests sent to providers so far. Without it, an operation costs the points that were estimated. */
  requestsOf?(context: Context): number;
  /** Nobody's rate is limited without it. */
  readonly rateLimiter?: RateLimiter | undefined;
}

/** Points for checking a document that is not known yet: it takes longer than running most operations. */
const tokensPerPoint = 20;

/**
 * Turns an operation away that would cost too much (OPERATION_TOO_COSTLY), or whose caller has spent what
 * there is to spend (RATE_LIMITED), before anything of it is executed. Every request costs its caller a
 * point, also one that is no valid GraphQL; what an operation really cost is settled at its end.
 *
 * What the text alone decides is looked at between parsing and validation: rules that compare each field
 * with each other take a tenth of a second for 500 fields of the same name. A text that is too long is not even
 * parsed. For this Apollo Server must have no `documentStore`, which it would ask for the document instead.
 */
export function createCostPlugin<Context extends BaseContext>(
  options: CostPluginOptions<Context>,
): ApolloServerPlugin<Context> {
  const { guard, callerOf, accountsOf, requestsOf, rateLimiter } = options;

  return {
    async requestDidStart({ contextValue }) {
      const { id } = callerOf(contextValue);
      const wait = rateLimiter?.spend(id, 1) ?? 0;
      /** Points for checking the document that have not been taken yet. */
      let checking = 0;
      let foreseen: number | undefined;
      let tooLong: Exceeded | undefined;
      return {
        async didResolveSource(request) {
          tooLong = guard.checkLength(request.source);
          // Apollo Server lets no plugin end a request here, but parses and validates nothing where it finds a document.
          if (tooLong) Object.assign(request, { document: { kind: Kind.DOCUMENT, definitions: [] } });
        },
        async parsingDidStart(request) {
          return async (error) => {
            if (error !== undefined || request.document === undefined) return;
            checking = Math.ceil((request.document.tokenCount ?? 0) / tokensPerPoint);
            const standIn = guard.placeholderFor(request.document);
            if (standIn !== undefined) Object.assign(request, { document: standIn });
          };
        },
        async didResolveOperation({ schema, document, operation, request, contextValue }) {
          if (wait > 0) throw rateLimited(wait);
          if (tooLong !== undefined) throw tooCostly([tooLong]);
          const variables = request.variables ?? {};
          const accounts = accountsOf(contextValue);
          const weight = guard.assess({ schema, document, operation, variables, accounts });
          if (weight === undefined) return;
          if (weight.exceeded.length > 0) throw tooCostly(weight.exceeded);
          // What asking has cost is taken together with the rest: a bucket that lacks it is never full.
          const points = 1 + checking + weight.points;
          rateLimiter?.settle(id, -1);
          const isTooMuch = rateLimiter !== undefined && rateLimiter.spend(id, points) > 0;
          if (isTooMuch) rateLimiter.settle(id, 1 + checking);
          checking = 0;
          if (isTooMuch) throw rateLimited(rateLimiter.waitFor(id, points));
          foreseen = weight.requests;
        },
        async willSendResponse({ contextValue }) {
          rateLimiter?.settle(id, checking);
          if (foreseen === undefined || requestsOf === undefined) return;
          rateLimiter?.settle(id, requestsOf(contextValue) - foreseen);
        },
      };
    },
  };
}
