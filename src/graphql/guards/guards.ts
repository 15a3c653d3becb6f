import type { CostGuard } from '../../cost/cost-guard.ts';
import type { RateLimits } from '../../cost/rate-limiter.ts';
import type { Logger } from '../../runtime/logger.ts';
import type { Context } from '../context.ts';
import { allOrNothing } from './all-or-nothing.ts';
import type { CreateGuard, EndedOperation, Guard, PendingOperation } from './guard.ts';
import { limitCost } from './limit-cost.ts';
import { logOperation, type OperationObserver } from './log-operation.ts';
import { noteTimes } from './note-times.ts';
import { reportCost } from './report-cost.ts';
import { reportDone } from './report-done.ts';

/**
 * Returns what creates the guards of a request. Every operation passes all of them in this order, whether Apollo
 * Server or the fast lane executes it.
 */
export function createGuards(
  cost: CostGuard,
  rateLimiter: RateLimits | undefined,
  log: Logger,
  observer?: OperationObserver,
): (context: Context) => Guards {
  const guards = [
    limitCost(cost, rateLimiter),
    checkVariables,
    allOrNothing,
    reportDone,
    reportCost,
    logOperation(log, observer),
    noteTimes,
  ];
  return (context) => new Guards(guards.map((create) => create(context)));
}

/** Refuses an operation at the first error in its variables, before graphql-js coerces them: see `Variables`. */
const checkVariables: CreateGuard<unknown> = () => ({ check: (operation) => void operation.coerce() });

/** The guards of one request. */
export class Guards implements Required<Guard> {
  readonly #guards: readonly Guard[];
  #outcome: Outcome | Promise<Outcome> | undefined;

  constructor(guards: readonly Guard[]) {
    this.#guards = guards;
  }

  /**
   * Throws the refusal of the first guard that refuses the operation. The fast lane leaves such an operation to Apollo
   * Server, which checks it again: the guards run once, and their outcome is repeated.
   */
  check(operation: PendingOperation): void | Promise<void> {
    this.#outcome ??= this.#run(operation);
    return this.#outcome instanceof Promise ? this.#outcome.then(repeat) : repeat(this.#outcome);
  }

  finish(operation: EndedOperation): object | undefined {
    const extensions = this.#guards.flatMap((guard) => guard.finish?.(operation) ?? []);
    return extensions.length === 0 ? undefined : Object.assign({}, ...extensions);
  }

  /** @param first the number of the guard to begin with */
  #run(operation: PendingOperation, first = 0): Outcome | Promise<Outcome> {
    try {
      for (let i = first; i < this.#guards.length; i += 1) {
        const checked = this.#guards[i]?.check?.(operation);
        if (checked instanceof Promise) return checked.then(() => this.#run(operation, i + 1), toOutcome);
      }
      return {};
    } catch (refusal) {
      return toOutcome(refusal);
    }
  }
}

interface Outcome {
  readonly refusal?: unknown;
}

function toOutcome(refusal: unknown): Outcome {
  return { refusal };
}

function repeat(outcome: Outcome): void {
  if ('refusal' in outcome) throw outcome.refusal;
}

/** The context of a request with the guards that its operation has to pass. */
export interface GuardedContext extends Context {
  readonly guards: Guards;
}
