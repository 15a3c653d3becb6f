import type { ApolloServerPlugin } from '@apollo/server';
import { unwrapResolverError } from '@apollo/server/errors';
import type { FastifyBaseLogger } from 'fastify';
import type { GraphQLError, OperationDefinitionNode } from 'graphql';
import { Failure } from '../../calls/failure.ts';
import { Forbidden } from '../../calls/rights.ts';
import type { Context } from '../context.ts';
import { isOfArgument } from '../format-error.ts';

/** An operation that is over. */
export interface Ended {
  /** Absent where no operation could be made of what came. */
  readonly operation: OperationDefinitionNode | undefined;
  readonly contextValue: Pick<Context, 'operation'>;
  readonly errors: readonly GraphQLError[];
  /** When it came, by `performance.now()`. */
  readonly began: number;
}

/**
 * One line an operation: what was asked by name, what came of it, and what it cost at the providers.
 * No argument, variable or answer is in it, so no number, credential or document can be.
 */
export function logOperation(
  log: FastifyBaseLogger,
  { operation, contextValue, errors, began }: Ended,
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

/** The same for what Apollo Server answers. */
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
  // graphql-js quotes the whole argument, with the numbers and credentials in it.
  if (isOfArgument(thrown)) return;
  log.error({ err: thrown, path: error.path?.join('.') }, 'a bug');
}

/** An operation's name is the client's text: a telephone number in it keeps its last two digits. */
function maskDigits(name: string | undefined): string | undefined {
  return name?.slice(0, 100).replace(/\d(?=(?:\D*\d){2})/g, '*');
}
