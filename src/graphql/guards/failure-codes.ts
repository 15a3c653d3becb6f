import { unwrapResolverError } from '@apollo/server/errors';
import type { GraphQLError } from 'graphql';
import { Failure } from '../../calls/failure.ts';
import { Forbidden } from '../../calls/rights.ts';

/**
 * The codes of GraphQL errors, of `userErrors` and of accounts that could not be read, each once.
 *
 * @param failures those that are not GraphQL errors
 */
export function toFailureCodes(errors: readonly GraphQLError[], failures: readonly Failure[]): string[] {
  if (errors.length === 0 && failures.length === 0) return [];
  return [...new Set([...errors.map(codeOf), ...failures.map(({ code }) => code)])];
}

function codeOf(error: GraphQLError): string {
  const thrown = unwrapResolverError(error);
  const { code } = thrown instanceof Failure || thrown instanceof Forbidden ? thrown : error.extensions;
  return typeof code === 'string' ? code : 'INTERNAL_SERVER_ERROR';
}
