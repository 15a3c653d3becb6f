import type { ExecutionResult, GraphQLError, GraphQLFormattedError } from 'graphql';

/** A result as it is sent to a client. */
export interface FormattedResult {
  readonly errors?: readonly GraphQLFormattedError[];
  /** Absent if nothing was executed. */
  readonly data?: ExecutionResult['data'];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** Converts an error to the one that a client may see. */
export type Mask = (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;

/** Formats a result as Apollo Server does: errors first, each passed through the mask. */
export function toFormatted(
  { data, errors }: ExecutionResult,
  mask: Mask,
  requestId: string | undefined,
): FormattedResult {
  if (errors === undefined) return { data };
  const formatted = errors.map((error) => toFormattedError(error, mask));
  return { errors: withRequestId(formatted, requestId), data };
}

/** As a client may see an error. What has no code is a bug. */
export function toFormattedError(error: GraphQLError, mask: Mask): GraphQLFormattedError {
  const extensions = { ...error.extensions, code: error.extensions.code ?? 'INTERNAL_SERVER_ERROR' };
  return mask({ ...error.toJSON(), extensions }, error);
}

/** Adds `extensions.requestId` to errors, by which a report of a client leads to the line of the log. */
export function withRequestId(
  errors: readonly GraphQLFormattedError[],
  requestId: string | undefined,
): readonly GraphQLFormattedError[] {
  if (requestId === undefined) return errors;
  return errors.map((error) => ({ ...error, extensions: { ...error.extensions, requestId } }));
}
