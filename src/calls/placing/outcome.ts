import type { UserError } from '../../generated/schema.ts';
import type { Finding } from '../../markup/finding.ts';
import type { Call } from '../call.ts';
import { Failure } from '../failure.ts';
import type { OperationRecord } from '../operation-record.ts';

/** The result of a change, as its payload shows it: how to read the changed call, or why it was not changed. */
export interface UpdateOutcome {
  readonly call: (() => Promise<Call | null>) | null;
  readonly userErrors: readonly UserError[];
}

/** The result of a change of the document of a call. */
export interface DocumentOutcome extends UpdateOutcome {
  readonly losses: readonly Finding[];
}

/**
 * Turns a rejection with a `Failure` into an outcome, and records it. Any other error is a bug of ours, and is thrown on.
 *
 * @param failed the outcome of a change that was not made
 */
export async function toOutcome<Done extends object, Failed extends object>(
  { failures }: Pick<OperationRecord, 'failures'>,
  failed: Failed,
  change: () => Promise<Done>,
): Promise<(Done | Failed) & { readonly userErrors: readonly UserError[] }> {
  try {
    return { ...(await change()), userErrors: [] };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    failures.push(error);
    return { ...failed, userErrors: [toUserError(error)] };
  }
}

/** Copies a failure to a plain object, because graphql-js would throw an `Error`. */
function toUserError(failure: Failure): UserError {
  const { code, message, field = null, retryAfter = null, providerErrorId = null } = failure;
  return { code, message, field, retryAfter, providerErrorId };
}
