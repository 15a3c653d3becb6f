import { ApolloServerValidationErrorCode, unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { toRefusal } from '../access/refusal.ts';
import { Failure } from '../calls/failure.ts';
import { Forbidden } from '../calls/rights.ts';
import { locationsIn } from './execution/line-index.ts';
import { withoutValues } from './without-values.ts';

/** Codes that Apollo Server gives to what a client got wrong; their messages are shown, but for the values in them. */
const clientCodes = new Set([
  'BAD_REQUEST',
  'BAD_USER_INPUT',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'INVALID_INPUT',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_SUPPORTED',
]);

/**
 * Anything thrown, as a client may see it: the only mask. A `Failure` speaks for itself, Apollo's own
 * refusals pass, and all the rest is our bug, of which nothing is told.
 */
export function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const { message, path, extensions } = formatted;
  const locations = (error instanceof GraphQLError ? locationsIn(error) : undefined) ?? formatted.locations;
  const place = { ...(locations && { locations }), ...(path && { path }) };
  const refusal = toRefusal(error);
  if (refusal !== undefined) return { ...refusal.formatted, ...place };
  const thrown = unwrapResolverError(error);
  if (thrown instanceof Forbidden) {
    return { message: thrown.message, ...place, extensions: { code: thrown.code } };
  }
  if (thrown instanceof Failure) {
    const { code, field, retryAfter, providerErrorId } = thrown;
    const extras = {
      ...(field && { field }),
      ...(retryAfter !== undefined && { retryAfter }),
      ...(providerErrorId !== undefined && { providerErrorId }),
    };
    return { message: thrown.message, ...place, extensions: { code, ...extras } };
  }
  // graphql-js copies `extensions` from whatever a resolver throws, codes included.
  const isOurs = thrown === error || thrown instanceof GraphQLError;
  const code = isOfArgument(thrown) ? 'BAD_USER_INPUT' : String(extensions?.code);
  if (isOurs && clientCodes.has(code)) {
    const { field } = extensions ?? {};
    const named = { code, ...(Array.isArray(field) && { field }) };
    return { message: withoutValues(message, causeOf(error)), ...place, extensions: named };
  }
  return { message: 'Something went wrong here.', ...place, extensions: { code: 'INTERNAL_SERVER_ERROR' } };
}

const introspectionIsOff =
  'Introspection is off on this server. The setting `introspection: true` turns it on.';

/**
 * The same for where introspection is off: it says how to turn it on, which Apollo Server says of its own
 * settings, and leaves out suggestions. Apollo Server (`hideSchemaDetailsFromClientErrors`) leaves those for
 * variables in, and takes 0.15 s for a message of 64 KB that says `Did you mean` again and again.
 */
export function formatWithoutSuggestions(
  formatted: GraphQLFormattedError,
  error: unknown,
): GraphQLFormattedError {
  const shown = formatError(formatted, error);
  const { INTROSPECTION_DISABLED } = ApolloServerValidationErrorCode;
  if (formatted.extensions?.validationErrorCode === INTROSPECTION_DISABLED) {
    return { ...shown, message: introspectionIsOff };
  }
  return { ...shown, message: withoutSuggestion(shown.message) };
}

/** In time that grows with the length alone: a name that a client made up may hold the words many times. */
function withoutSuggestion(message: string): string {
  const begin = message.endsWith('?') ? message.indexOf(' Did you mean ') : -1;
  return begin < 0 ? message : message.slice(0, begin);
}

/**
 * A variable that is null, or is not given, where an argument must not be: graphql-js finds out only when it
 * comes to the field, and gives it no code.
 */
export function isOfArgument(thrown: unknown): boolean {
  return thrown instanceof GraphQLError && !thrown.originalError && thrown.message.startsWith('Argument "');
}

function causeOf(error: unknown): string | undefined {
  return error instanceof GraphQLError ? error.originalError?.message : undefined;
}
