import type { Context } from '../context.ts';
import { toFailureCodes } from './failure-codes.ts';
import type { CreateGuard } from './guard.ts';

/** Is told of every operation that has ended. */
export interface OperationObserver {
  /**
   * @param type `query`, `mutation` or `subscription`; undefined if the request had no valid operation
   * @param codes of errors and `userErrors`, each once
   * @param replayedAt keys of the accounts of calls that were not placed, since an earlier request had placed them
   */
  ended(
    type: string | undefined,
    milliseconds: number,
    codes: readonly string[],
    replayedAt: readonly string[],
  ): void;
}

/** Creates a guard that tells the observer how the operation has ended, and ends its span. */
export function observeOperation(observer: OperationObserver | undefined): CreateGuard<Context> {
  return ({ operation: { span }, calls: { record } }) => {
    if (observer === undefined && span === undefined) return {};
    const began = performance.now();
    return {
      finish({ operation, errors }) {
        const codes = toFailureCodes(errors, record.failures);
        const replayedAt = record.replayed.map(({ accountKey }) => accountKey);
        observer?.ended(operation?.operation, performance.now() - began, codes, replayedAt);
        span?.end(operation?.operation, codes);
        return undefined;
      },
    };
  };
}
