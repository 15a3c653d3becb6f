import type { CallsAdapter, Limits } from '../calls/calls-adapter.ts';
import type { NewCall } from '../calls/new-call.ts';
import type { Operation } from '../calls/operation.ts';
import type { Faults, Journal, ManualClock } from '../sandbox/index.ts';

/** The numbers of a call. */
export interface Numbers {
  readonly from?: string;
  readonly to?: string;
}

/** An adapter on its emulated carrier, with what the contract suite needs to know of the two. */
export interface Contracted {
  readonly adapter: CallsAdapter;
  readonly clock: ManualClock;
  readonly faults: Faults;
  readonly journal: Journal;
  /** Adds an ended call that was created at this time, and returns its provider id. */
  add(createdAt: number, numbers?: Numbers): string;
  remove(id: string): void;
  /** An id of the right shape that no call has. */
  readonly unknownId: string;
  /** Stops the carrier while the adapter is open. */
  stopCarrier(): Promise<void>;
  close(): Promise<void>;
}

/** Limits for tests in which a request is not answered. */
export const impatient: Limits = {
  connectTimeout: 500,
  headersTimeout: 2_000,
  readDeadline: 500,
  maxBodyBytes: 1_000_000,
};

/** Limits for tests that wait for no timeout: none of them may fail because the machine is busy. */
export const patient: Limits = {
  connectTimeout: 60_000,
  headersTimeout: 20_000,
  readDeadline: 60_000,
  maxBodyBytes: 1_000_000,
};

/** An operation whose reads and writes end after so many milliseconds. */
export function createOperation(milliseconds = 60_000): Operation {
  return { signal: AbortSignal.timeout(milliseconds), requests: 0, milliseconds: 0 };
}

/** A call to be placed with nothing but what the schema requires, except for `changes`. */
export function aNewCall(changes: Partial<NewCall> = {}): NewCall {
  return {
    from: '+19195550100',
    to: '+19195550123',
    answerUrl: 'https://example.com/answer',
    answerMethod: 'POST',
    fallbackMethod: 'POST',
    statusMethod: 'POST',
    ...changes,
  };
}

/** Requests that were to place, change or end a call; those for a token are none. */
export function writesIn(journal: Journal) {
  return journal.filter(({ method, path }) => method !== 'GET' && !path.includes('oauth2'));
}
