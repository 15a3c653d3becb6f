import { unwrapResolverError } from '@apollo/server/errors';
import type { FastifyBaseLogger } from 'fastify';
import type { GraphQLError } from 'graphql';
import { Failure } from '../../calls/failure.ts';
import { Forbidden } from '../../calls/rights.ts';
import type { Context } from '../context.ts';
import { isArgumentError } from '../format-error.ts';
import type { CreateGuard } from './guard.ts';

/**
 * Creates a guard that logs one line for an operation: its name, the number of errors, its duration, and the number
 * and duration of requests to providers. Arguments, variables and results are not logged, because they contain phone
 * numbers and credentials. Unexpected errors are logged in lines of their own.
 */
export function logOperation(log: FastifyBaseLogger): CreateGuard<Pick<Context, 'operation'>> {
  return ({ operation: run }) => {
    const began = performance.now();
    return {
      finish({ operation, errors }) {
        for (const error of errors) logBug(log, error);
        const line = {
          operation: operation?.operation,
          name: maskDigits(operation?.name?.value),
          errors: errors.length,
          milliseconds: Math.round(performance.now() - began),
          providerRequests: run.requests,
          providerMilliseconds: Math.round(run.milliseconds),
        };
        log.info(line, 'operation');
        return undefined;
      },
    };
  };
}

function logBug(log: FastifyBaseLogger, error: GraphQLError): void {
  const thrown = unwrapResolverError(error);
  if (thrown === error || thrown instanceof Failure || thrown instanceof Forbidden) return;
  // This message of graphql-js quotes the argument, which may have phone numbers and credentials in it.
  if (isArgumentError(thrown)) return;
  log.error({ err: thrown, path: error.path?.join('.') }, 'a bug');
}

/** Clients choose the names of operations. A phone number in one keeps only its last two digits. */
function maskDigits(name: string | undefined): string | undefined {
  return name?.slice(0, 100).replace(/\d(?=(?:\D*\d){2})/g, '*');
}
