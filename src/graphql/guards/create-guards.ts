import type { FastifyBaseLogger } from 'fastify';
import type { CostGuard } from '../../cost/cost-guard.ts';
import type { RateLimiter } from '../../cost/rate-limiter.ts';
import type { Context } from '../context.ts';
import { allOrNothing } from './all-or-nothing.ts';
import { checkVariables } from './check-variables.ts';
import type { Guard } from './guard.ts';
import { limitCost } from './limit-cost.ts';
import { logOperation } from './log-operation.ts';
import { reportDone } from './report-done.ts';

/**
 * Returns what creates the guards of a request, in the order of their checks. Every operation passes them, whether Apollo
 * Server or the fast lane executes it.
 */
export function createGuards({ guard, rateLimiter, log }: GuardParts): (context: Context) => Guard[] {
  const guards = [limitCost(guard, rateLimiter), checkVariables, allOrNothing, reportDone, logOperation(log)];
  return (context) => guards.map((create) => create(context));
}

export interface GuardParts {
  readonly guard: CostGuard;
  /** Undefined if rates are not limited. */
  readonly rateLimiter: RateLimiter | undefined;
  readonly log: FastifyBaseLogger;
}
