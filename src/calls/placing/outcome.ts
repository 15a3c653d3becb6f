import type { Call } from '../call.ts';
import { Failure } from '../failure.ts';

/** What came of placing a call: the call, or why not. */
export interface CreateOutcome {
  readonly call: Call | null;
  /** Whether an earlier request with the same key placed it. */
  readonly replayed: boolean;
  readonly failures: readonly Failure[];
}

/** What came of a change: how to read the call that was changed, or why it was not. */
export interface UpdateOutcome {
  readonly call: (() => Promise<Call | null>) | null;
  readonly failures: readonly Failure[];
}

/** Turns a `Failure` into part of the outcome; anything else is our own bug, and is thrown on. */
export async function toCreateOutcome(
  create: () => Promise<{ call: Call; replayed: boolean }>,
): Promise<CreateOutcome> {
  try {
    return { ...(await create()), failures: [] };
  } catch (error) {
    return { call: null, replayed: false, failures: [asFailure(error)] };
  }
}

/** The same for a change; `change` gives the function that reads the changed call. */
export async function toUpdateOutcome(
  change: () => Promise<() => Promise<Call | null>>,
): Promise<UpdateOutcome> {
  try {
    return { call: await change(), failures: [] };
  } catch (error) {
    return { call: null, failures: [asFailure(error)] };
  }
}

function asFailure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  throw error;
}
