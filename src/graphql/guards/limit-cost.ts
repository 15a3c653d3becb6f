import { rateLimited, tooCostly } from '../../access/refusal.ts';
import type { Operation } from '../../calls/operation.ts';
import type { Assessment, CostGuard } from '../../cost/cost-guard.ts';
import type { RateLimits } from '../../cost/rate-limiter.ts';
import type { CreateGuard } from './guard.ts';

/**
 * Creates a guard that refuses an operation if it exceeds a limit (OPERATION_TOO_COSTLY) or if its caller has spent
 * its points (RATE_LIMITED). Every request costs its caller one point, even if it is not valid GraphQL. After
 * execution the estimated requests to providers are replaced by the actual ones.
 */
export function limitCost(guard: CostGuard, rateLimiter: RateLimits | undefined): CreateGuard<CostContext> {
  return ({ caller: { id }, calls, operation: run }) => {
    let isCharged = false;
    let estimated: Assessment | undefined;
    return {
      check({ document, operation, variables, tokens }) {
        const accounts = calls.accounts.length;
        const cost = guard.assess({ document, operation, variables, accounts });
        if (cost === undefined) return;
        if (cost.exceeded.length > 0) throw tooCostly(cost.exceeded);
        estimated = cost;
        if (rateLimiter === undefined) return;
        // All points are spent together: what costs more than a full bucket may be spent only while it is full.
        const points = pointsOf(tokens) + cost.points;
        isCharged = true;
        const refuseUnless0 = (wait: number): void => {
          if (wait === 0) return;
          estimated = undefined;
          throw rateLimited(wait);
        };
        const wait = rateLimiter.spend(id, points, pointsOf(tokens));
        return wait instanceof Promise ? wait.then(refuseUnless0) : refuseUnless0(wait);
      },
      finish({ tokens }) {
        if (!isCharged) rateLimiter?.settle(id, pointsOf(tokens));
        const more = estimated === undefined ? 0 : run.requests - estimated.requests;
        if (more !== 0) rateLimiter?.settle(id, more);
        run.points = pointsOf(tokens) + (estimated?.points ?? 0) + more;
        return undefined;
      },
    };
  };
}

/** What the guard needs of the context. */
interface CostContext {
  readonly caller: { readonly id: string };
  readonly calls: { readonly accounts: { readonly length: number } };
  readonly operation: Pick<Operation, 'requests' | 'points'>;
}

/** One point for so many tokens of a document that has to be validated, which takes longer than most executions. */
const tokensPerPoint = 20;

/** The points of a request without those of the operation. */
function pointsOf(tokens: number): number {
  return 1 + Math.ceil(tokens / tokensPerPoint);
}
