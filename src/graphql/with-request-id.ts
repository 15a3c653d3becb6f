import type { GraphQLFormattedError } from 'graphql';

/** Adds `extensions.requestId` to errors, by which a report of a client leads to the line of the log. */
export function withRequestId(
  errors: readonly GraphQLFormattedError[],
  requestId: string | undefined,
): readonly GraphQLFormattedError[] {
  if (requestId === undefined) return errors;
  return errors.map((error) => ({ ...error, extensions: { ...error.extensions, requestId } }));
}
