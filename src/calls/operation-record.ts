import type { CallKey } from './call-loader.ts';
import type { Failure } from './failure.ts';

/** What one GraphQL operation has done, for its response and the log. */
export class OperationRecord {
  /** The calls that it has placed or changed so far, in order. */
  readonly done: CallKey[] = [];
  /** Why changes were not made and accounts could not be read, apart from GraphQL errors. */
  readonly failures: Failure[] = [];
  /** Of those, the calls that an earlier request with the same idempotency key had placed. */
  readonly replayed: CallKey[] = [];
}
