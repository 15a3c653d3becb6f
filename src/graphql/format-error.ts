import { ApolloServerValidationErrorCode, unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { toRefusal } from '../access/refusal.ts';
import { Failure } from '../calls/failure.ts';
import { Forbidden } from '../calls/rights.ts';
import { withoutUndefined } from '../config/without-undefined.ts';
import { locationsIn } from './execution/detach-source.ts';
import { redactValues } from './redact-values.ts';

/**
 * The error mask: converts anything thrown to the error that a client may see. Refusals, failures and client errors
 * found by graphql-js or Apollo Server keep their code; anything else is a bug and becomes INTERNAL_SERVER_ERROR
 * without details.
 */
export function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const { message, path, extensions } = formatted;
  const locations = (error instanceof GraphQLError ? locationsIn(error) : undefined) ?? formatted.locations;
  const location = { ...(locations && { locations }), ...(path && { path }) };
  const show = (text: string, shown: Record<string, unknown>) => ({
    message: text,
    ...location,
    extensions: shown,
  });
  const refusal = toRefusal(error);
  if (refusal !== undefined) return { ...refusal.formatted, ...location };
  const thrown = unwrapResolverError(error);
  if (thrown instanceof Forbidden) return show(thrown.message, { code: thrown.code });
  if (thrown instanceof Failure) {
    const { code, field, retryAfter, providerErrorId } = thrown;
    return show(thrown.message, withoutUndefined({ code, field, retryAfter, providerErrorId }));
  }
  // graphql-js copies `extensions`, including the code, from anything that a resolver throws.
  const isOurs = thrown === error || thrown instanceof GraphQLError;
  const code = isArgumentError(thrown) ? 'BAD_USER_INPUT' : String(extensions?.code);
  if (isOurs && clientCodes.has(code)) {
    const { field } = extensions ?? {};
    const cause = error instanceof GraphQLError ? error.originalError?.message : undefined;
    return show(redactValues(message, cause), { code, ...(Array.isArray(field) && { field }) });
  }
  return show('Something went wrong here.', { code: 'INTERNAL_SERVER_ERROR' });
}

/** Codes of Apollo Server for errors of the client. Their messages are sent, without the values in them. */
const clientCodes = new Set([
  'BAD_REQUEST',
  'BAD_USER_INPUT',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'INVALID_INPUT',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
]);

const introspectionIsOff =
  'Introspection is off on this server. The setting `introspection: true` turns it on.';

/**
 * The error mask while introspection is off: as `formatError`, without suggestions of names, and with a message that
 * names our setting for introspection. Apollo Server's `hideSchemaDetailsFromClientErrors` keeps the suggestions in
 * errors of variables, and takes 0.15 s for a message of 64 KB that repeats `Did you mean`.
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

/** Linear in the length of the message: a name in the client's document may repeat the words many times. */
function withoutSuggestion(message: string): string {
  const begin = message.endsWith('?') ? message.indexOf(' Did you mean ') : -1;
  return begin < 0 ? message : message.slice(0, begin);
}

/**
 * Whether an error is graphql-js's for a variable that is null or absent where the argument must not be null.
 * graphql-js detects it only when it executes the field, and gives it no code.
 */
export function isArgumentError(thrown: unknown): boolean {
  return thrown instanceof GraphQLError && !thrown.originalError && thrown.message.startsWith('Argument "');
}
