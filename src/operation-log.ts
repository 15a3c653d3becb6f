import type { ApolloServerPlugin } from '@apollo/server';
import { unwrapResolverError } from '@apollo/server/errors';
import type { FastifyBaseLogger } from 'fastify';
import { Failure } from './calls/failure.ts';
import { Forbidden } from './calls/rights.ts';
import type { Context } from './context.ts';

/**
 * One line an operation: what was asked by name, what came of it, and what it cost at the providers.
 * No argument, variable or answer is in it, so no number, credential or document can be.
 */
export function operationLog(log: FastifyBaseLogger): ApolloServerPlugin<Context> {
  return {
    async requestDidStart() {
      const began = performance.now();
      return {
        async didEncounterErrors({ errors }) {
          for (const error of errors) {
            const thrown = unwrapResolverError(error);
            const isBug = thrown !== error && !(thrown instanceof Failure || thrown instanceof Forbidden);
            if (isBug) log.error({ err: thrown, path: error.path?.join('.') }, 'a bug');
          }
        },
        async willSendResponse({ operation, operationName, contextValue, errors }) {
          const { requests, milliseconds } = contextValue.operation;
          const line = {
            operation: operation?.operation,
            name: maskDigits(operationName ?? undefined),
            errors: errors?.length ?? 0,
            milliseconds: Math.round(performance.now() - began),
            providerRequests: requests,
            providerMilliseconds: Math.round(milliseconds),
          };
          log.info(line, 'operation');
        },
      };
    },
  };
}

/** An operation's name is the client's text: a telephone number in it keeps its last two digits. */
function maskDigits(name: string | undefined): string | undefined {
  return name?.slice(0, 100).replace(/\d(?=(?:\D*\d){2})/g, '*');
}
