import type { ApolloServerPlugin } from '@apollo/server';
import { unwrapResolverError } from '@apollo/server/errors';
import type { FastifyBaseLogger } from 'fastify';
import type { GraphQLError, OperationDefinitionNode } from 'graphql';
import { Failure } from '../../calls/failure.ts';
import { Forbidden } from '../../calls/rights.ts';
import type { Context } from '../context.ts';
import { isArgumentError } from '../format-error.ts';

/**
 * Logs one line for an operation: its name, the number of errors, its duration, and the number and duration of
 * requests to providers. Arguments, variables and results are not logged, because they contain phone numbers and
 * credentials. Unexpected errors are logged in lines of their own.
 */
export function logOperation(
  log: FastifyBaseLogger,
  { operation, contextValue, errors, began }: EndedOperation,
): void {
  for (const error of errors) logBug(log, error);
  const { requests, milliseconds } = contextValue.operation;
  const line = {
    operation: operation?.operation,
    name: maskDigits(operation?.name?.value),
    errors: errors.length,
    milliseconds: Math.round(performance.now() - began),
    providerRequests: requests,
    providerMilliseconds: Math.round(milliseconds),
  };
  log.info(line, 'operation');
}

/** An operation that has ended. */
export interface EndedOperation {
  /** Undefined if the request has no valid operation. */
  readonly operation: OperationDefinitionNode | undefined;
  readonly contextValue: Pick<Context, 'operation'>;
  readonly errors: readonly GraphQLError[];
  /** When the request arrived, by `performance.now()`. */
  readonly began: number;
}

/** A plug-in that logs the operations that Apollo Server handles. */
export function operationLog(log: FastifyBaseLogger): ApolloServerPlugin<Context> {
  return {
    async requestDidStart() {
      const began = performance.now();
      return {
        async willSendResponse({ operation, contextValue, errors = [] }) {
          logOperation(log, { operation, contextValue, errors, began });
        },
      };
    },
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
