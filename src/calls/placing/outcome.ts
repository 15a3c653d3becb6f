import type { Call } from '../call.ts';
import { Failure } from '../failure.ts';
import type { OperationRecord } from '../operation-record.ts';

/** The result of `createCall`, as its payload shows it: the call, or why there is none. */
export interface CreateOutcome {
  readonly call: Call | null;
  /** Whether an earlier request with the same idempotency key placed the call. */
  readonly replayed: boolean;
  readonly failures: readonly Failure[];
}

/** The result of a change, as its payload shows it: how to read the changed call, or why it was not changed. */
export interface UpdateOutcome {
  readonly call: (() => Promise<Call | null>) | null;
  readonly failures: readonly Failure[];
}

/** Turns a rejection with a `Failure` into an outcome, and records it. Any other error is a bug of ours, and is thrown on. */
export async function toCreateOutcome(
  record: OperationRecord,
  create: () => Promise<{ call: Call; replayed: boolean }>,
): Promise<CreateOutcome> {
  try {
    const placed = await create();
    const { account, providerCallId } = placed.call;
    if (placed.replayed) record.replayed.push({ accountKey: account.key, providerCallId });
    return { ...placed, failures: [] };
  } catch (error) {
    return { call: null, replayed: false, failures: [toFailure(error, record)] };
  }
}

/** The same for a change, which resolves with the function that reads the changed call. */
export async function toUpdateOutcome(
  record: OperationRecord,
  change: () => Promise<() => Promise<Call | null>>,
): Promise<UpdateOutcome> {
  try {
    return { call: await change(), failures: [] };
  } catch (error) {
    return { call: null, failures: [toFailure(error, record)] };
  }
}

function toFailure(error: unknown, { failures }: OperationRecord): Failure {
  if (!(error instanceof Failure)) throw error;
  failures.push(error);
  return error;
}
