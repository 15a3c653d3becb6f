import type { FastifyBaseLogger } from 'fastify';
import type { CostGuard } from '../../cost/cost-guard.ts';
import type { RateLimiter } from '../../cost/rate-limiter.ts';
import type { Context } from '../context.ts';
import { allOrNothing } from './all-or-nothing.ts';
import { checkVariables } from './check-variables.ts';
import type { EndedOperation, Guard, PendingOperation } from './guard.ts';
import { limitCost } from './limit-cost.ts';
import { logOperation } from './log-operation.ts';
import { reportDone } from './report-done.ts';

/**
 * Returns what creates the guards of a request. Every operation passes all of them in this order, whether Apollo
 * Server or the fast lane executes it.
 */
export function createGuards(
  cost: CostGuard,
  rateLimiter: RateLimiter | undefined,
  log: FastifyBaseLogger,
): (context: Context) => Guards {
  const guards = [limitCost(cost, rateLimiter), checkVariables, allOrNothing, reportDone, logOperation(log)];
  return (context) => new Guards(guards.map((create) => create(context)));
}

/** The guards of one request. */
export class Guards implements Required<Guard> {
  readonly #guards: readonly Guard[];
  #outcome: { readonly refusal?: unknown } | undefined;

  constructor(guards: readonly Guard[]) {
    this.#guards = guards;
  }

  /**
   * Throws the refusal of the first guard that refuses the operation. The fast lane leaves such an operation to Apollo
   * Server, which checks it again: the guards run once, and their outcome is repeated.
   */
  check(operation: PendingOperation): void {
    this.#outcome ??= this.#run(operation);
    if ('refusal' in this.#outcome) throw this.#outcome.refusal;
  }

  finish(operation: EndedOperation): object | undefined {
    const extensions = this.#guards
      .map((guard) => guard.finish?.(operation))
      .filter((each) => each !== undefined);
    return extensions.length === 0 ? undefined : Object.assign({}, ...extensions);
  }

  #run(operation: PendingOperation): { readonly refusal?: unknown } {
    try {
      for (const guard of this.#guards) guard.check?.(operation);
      return {};
    } catch (refusal) {
      return { refusal };
    }
  }
}

/** The context of a request with the guards that its operation has to pass. */
export interface GuardedContext extends Context {
  readonly guards: Guards;
}
