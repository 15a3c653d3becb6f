import type { Finding } from '../../markup/finding.ts';
import type { Call } from '../call.ts';
import { Failure } from '../failure.ts';
import type { OperationRecord } from '../operation-record.ts';

/** The result of `createCall`, as its payload shows it: the call, or why there is none. */
export interface CreateOutcome {
  readonly call: Call | null;
  /** Whether an earlier request with the same idempotency key placed the call. */
  readonly replayed: boolean;
  readonly failures: readonly Failure[];
  /** What the provider will do differently from what the document says. */
  readonly losses: readonly Finding[];
}

/** The result of a change, as its payload shows it: how to read the changed call, or why it was not changed. */
export interface UpdateOutcome {
  readonly call: (() => Promise<Call | null>) | null;
  readonly failures: readonly Failure[];
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
): Promise<(Done | Failed) & { readonly failures: readonly Failure[] }> {
  try {
    return { ...(await change()), failures: [] };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    failures.push(error);
    return { ...failed, failures: [error] };
  }
}
