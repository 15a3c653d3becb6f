import { HttpFailure } from '../http-failure.ts';
import type { Outcome } from '../outcome.ts';
import type { ProviderRequest } from '../provider-request.ts';

/** What one attempt says about the provider's health; `neutral` when it says nothing. */
export type Verdict = 'success' | 'failure' | 'neutral';

const failures = new Set(['unreachable', 'broken', 'timeout']);

/**
 * Judges the provider by the outcome of one attempt.
 *
 * A 5xx, and no complete response, is a failure of the provider. A 4xx is the fault of the request, 429
 * included, so the provider is healthy. A request that cannot be written is our own bug. An aborted
 * request is neutral unless it was sent and had waited for `slow` milliseconds: then a hanging
 * provider is the likelier cause. Without this rule, deadlines shorter than our timeouts would keep the circuit
 * breaker closed for ever.
 *
 * @param elapsed milliseconds that the attempt took
 * @param slow milliseconds without a response after which an abort counts as a failure
 */
export function toVerdict(
  outcome: Outcome,
  elapsed: number,
  slow: number,
  { isDoubtful }: Pick<ProviderRequest, 'isDoubtful'> = {},
): Verdict {
  if (!(outcome instanceof HttpFailure)) {
    if (isDoubtful && outcome.status === 500) return 'neutral';
    return outcome.status >= 500 ? 'failure' : 'success';
  }
  if (outcome.kind === 'aborted') return outcome.sent && elapsed >= slow ? 'failure' : 'neutral';
  if (outcome.kind === 'unwritable') return 'neutral';
  return failures.has(outcome.kind) ? 'failure' : 'success';
}
