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

/** Turns a rejection with a `Failure` into an outcome, and records it. Any other error is a bug of ours, and is thrown on. */
export async function toCreateOutcome(
  record: OperationRecord,
  create: () => Promise<Omit<CreateOutcome, 'failures'> & { readonly call: Call }>,
): Promise<CreateOutcome> {
  try {
    const placed = await create();
    const { account, providerCallId } = placed.call;
    if (placed.replayed) record.replayed.push({ accountKey: account.key, providerCallId });
    return { ...placed, failures: [] };
  } catch (error) {
    return { call: null, replayed: false, losses: [], failures: [toFailure(error, record)] };
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

/** The same for the change of a document. */
export async function toDocumentOutcome(
  record: OperationRecord,
  change: () => Promise<Pick<DocumentOutcome, 'losses'> & { readonly call: () => Promise<Call | null> }>,
): Promise<DocumentOutcome> {
  let losses: readonly Finding[] = [];
  const outcome = await toUpdateOutcome(record, async () => {
    const changed = await change();
    losses = changed.losses;
    return changed.call;
  });
  return { ...outcome, losses };
}

function toFailure(error: unknown, { failures }: OperationRecord): Failure {
  if (!(error instanceof Failure)) throw error;
  failures.push(error);
  return error;
}
