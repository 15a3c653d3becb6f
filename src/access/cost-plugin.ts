import type { ApolloServerPlugin, BaseContext } from '@apollo/server';
import type { Caller } from './caller.ts';
import type { CostSettings } from './cost-settings.ts';
import { type Cost, costOf } from './operation-cost.ts';
import { OperationTexts } from './operation-texts.ts';
import type { RateLimiter } from './rate-limiter.ts';
import { type Exceeded, rateLimited, tooCostly } from './refusal.ts';

export interface CostPluginOptions<Context extends BaseContext> {
  readonly limits: Omit<CostSettings, 'tokens' | 'pointsPerMinute'>;
  callerOf(context: Context): Pick<Caller, 'id'>;
  /** How many accounts the caller may see. */
  accountsOf(context: Context): number;
  /** Requests sent to providers so far. Without it, an operation costs the points that were estimated. */
  requestsOf?(context: Context): number;
  /** Nobody's rate is limited without it. */
  readonly rateLimiter?: RateLimiter | undefined;
}

/** Points for building the answer, besides 1 for the operation and 1 for each request to a provider. */
const nodesPerPoint = 100;
/** Points for checking a document that is not known yet: it takes longer than running most operations. */
const tokensPerPoint = 20;

const ofText = ['depth', 'aliases', 'rootFields', 'directives'] as const;
const ofAll = [...ofText, 'nodes', 'requests'] as const;

/**
 * Turns an operation away that would cost too much (OPERATION_TOO_COSTLY), or whose caller has spent what
 * there is to spend (RATE_LIMITED), before anything of it is executed. Every request costs its caller a
 * point, also one that is no valid GraphQL; what an operation really cost is settled at its end.
 *
 * What the text alone decides is looked at between parsing and validation: rules that compare each field
 * with each other take a tenth of a second for 500 fields of the same name.
 */
export function createCostPlugin<Context extends BaseContext>(
  options: CostPluginOptions<Context>,
): ApolloServerPlugin<Context> {
  const { limits, callerOf, accountsOf, requestsOf, rateLimiter } = options;
  const texts = new OperationTexts();

  return {
    async requestDidStart({ contextValue }) {
      const { id } = callerOf(contextValue);
      const wait = rateLimiter?.spend(id, 1) ?? 0;
      let foreseen: number | undefined;
      return {
        async parsingDidStart(request) {
          return async (error) => {
            if (error !== undefined || request.document === undefined) return;
            rateLimiter?.settle(id, Math.ceil((request.document.tokenCount ?? 0) / tokensPerPoint));
            const standIn = texts.replace(
              request.document,
              ({ shape }) => over(ofText, shape, limits).length > 0,
            );
            if (standIn !== undefined) Object.assign(request, { document: standIn });
          };
        },
        async didResolveOperation({ schema, document, operation, request, contextValue }) {
          if (wait > 0) throw rateLimited(wait);
          const text = texts.of(document, operation);
          if (text === undefined) return;
          const accounts = accountsOf(contextValue);
          const cost = costOf(
            { schema, ...text, variables: request.variables ?? {}, accounts },
            text.fragments,
          );
          const exceeded = over(ofAll, { ...text.shape, ...cost }, limits);
          if (exceeded.length > 0) throw tooCostly(exceeded);
          const more = rateLimiter?.spend(id, pointsOf(cost)) ?? 0;
          if (more > 0) throw rateLimited(more);
          foreseen = cost.requests;
        },
        async willSendResponse({ contextValue }) {
          if (foreseen === undefined || requestsOf === undefined) return;
          rateLimiter?.settle(id, requestsOf(contextValue) - foreseen);
        },
      };
    },
  };
}

function over<Limit extends string>(
  limits: readonly Limit[],
  figures: Readonly<Record<Limit, number>>,
  allowed: Readonly<Record<Limit, number>>,
): readonly Exceeded[] {
  return (
    limits
      .map((limit) => ({ limit, allowed: allowed[limit], found: figures[limit] }))
      // Put this way, a figure that is no number is too much.
      .filter((each) => !(each.found <= each.allowed))
  );
}

/** What an operation costs besides the one point for asking. */
function pointsOf({ nodes, requests }: Cost): number {
  return requests + Math.floor(nodes / nodesPerPoint);
}
