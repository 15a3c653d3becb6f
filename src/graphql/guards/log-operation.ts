import { unwrapResolverError } from '@apollo/server/errors';
import type { GraphQLError } from 'graphql';
import type { CallKey } from '../../calls/call-loader.ts';
import { Failure } from '../../calls/failure.ts';
import type { AccountUsage, Operation } from '../../calls/operation.ts';
import { Forbidden } from '../../calls/rights.ts';
import type { Logger } from '../../runtime/logger.ts';
import type { Context } from '../context.ts';
import { isArgumentError } from '../format-error.ts';
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

/**
 * Creates a guard that ends the span of an operation, tells the observer how it has ended, and logs one line for it: by
 * whom and what it was, the calls that it placed or changed, the codes of its errors, its duration, and the requests to
 * each account. Arguments, variables and results are not logged, because they contain phone numbers and credentials.
 * Unexpected errors are logged in lines of their own.
 */
export function logOperation(log: Logger, observer?: OperationObserver): CreateGuard<Context> {
  return ({ operation: run, calls: { record }, caller }) => {
    const began = performance.now();
    return {
      finish({ operation, errors }) {
        const milliseconds = performance.now() - began;
        const { codes, ...failures } = describeFailures(errors, record.failures);
        const replayedAt = record.replayed.map(({ accountKey }) => accountKey);
        observer?.ended(operation?.operation, milliseconds, codes, replayedAt);
        run.span?.end(operation?.operation, codes);
        for (const error of errors) logBug(log, error, run.requestId);
        const line = {
          requestId: run.requestId,
          traceId: run.traceId,
          caller: caller.id,
          operation: operation?.operation,
          name: maskDigits(operation?.name?.value),
          ...failures,
          ...(codes.length > 0 && { codes }),
          ...(record.done.length > 0 && { calls: record.done.map(toLabel) }),
          ...(replayedAt.length > 0 && { replays: replayedAt.length }),
          milliseconds: Math.round(milliseconds),
          providerRequests: run.requests,
          providerMilliseconds: Math.round(run.milliseconds),
          accounts: toAccounts(run.usage),
        };
        log.info(line, 'operation');
        return undefined;
      },
    };
  };
}

/**
 * The number of GraphQL errors; the codes of these, of `userErrors` and of accounts that could not be read, each once;
 * and the providers' ids of their errors.
 */
function describeFailures(errors: readonly GraphQLError[], failures: readonly Failure[]) {
  if (errors.length === 0 && failures.length === 0) return { errors: 0, codes: [] };
  const thrown = errors.map((error) => unwrapResolverError(error));
  const all = [...failures, ...thrown.filter((each) => each instanceof Failure)];
  const providerErrorIds = all.flatMap(({ providerErrorId }) => providerErrorId ?? []);
  return {
    errors: errors.length,
    codes: [...new Set([...errors.map(codeOf), ...failures.map(({ code }) => code)])],
    ...(providerErrorIds.length > 0 && { providerErrorIds }),
  };
}

function codeOf(error: GraphQLError): string {
  const thrown = unwrapResolverError(error);
  const { code } = thrown instanceof Failure || thrown instanceof Forbidden ? thrown : error.extensions;
  return typeof code === 'string' ? code : 'INTERNAL_SERVER_ERROR';
}

function toLabel({ accountKey, providerCallId }: CallKey): string {
  return `${accountKey}/${providerCallId}`;
}

function toAccounts(usage: Operation['usage']): Record<string, AccountUsage> | undefined {
  if (usage === undefined || usage.size === 0) return undefined;
  const rounded = [...usage].map(([key, { requests, milliseconds }]) => [
    key,
    { requests, milliseconds: Math.round(milliseconds) },
  ]);
  return Object.fromEntries(rounded);
}

/** Logs an unexpected error; no others. */
export function logBug(log: Logger, error: GraphQLError, requestId: string | undefined): void {
  const thrown = unwrapResolverError(error);
  if (thrown === error || thrown instanceof Failure || thrown instanceof Forbidden) return;
  // This message of graphql-js quotes the argument, which may have phone numbers and credentials in it.
  if (isArgumentError(thrown)) return;
  log.error({ requestId, err: thrown, path: error.path?.join('.') }, 'a bug');
}

/** Clients choose the names of operations. A phone number in one keeps only its last two digits. */
export function maskDigits(name: string | undefined): string | undefined {
  return name?.slice(0, 100).replace(/\d(?=(?:\D*\d){2})/g, '*');
}
