import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { toInstant } from './to-instant.ts';
import { toUri } from './to-uri.ts';

/** Parses RFC 3339 with any offset to the domain's form, UTC with milliseconds, and serializes that form as it is. */
export const DateTime = createScalar('DateTime', toInstant);

/** An absolute http or https URL without credentials, as RFC 3986 writes it. */
export const URLScalar = createScalar('URL', toUri);

/** @param read parses a value; throws RangeError with a message for the client */
function createScalar(name: string, read: (value: unknown) => string): GraphQLScalarType<string, unknown> {
  return new GraphQLScalarType({
    name,
    parseValue: (value) => parse(read, value),
    parseLiteral: (node) => parse(read, node.kind === Kind.STRING ? node.value : undefined, node),
  });
}

/** @param node of a literal, for the location of the error. graphql-js adds that of a variable itself */
function parse(read: (value: unknown) => string, value: unknown, node?: ValueNode): string {
  try {
    return read(value);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new GraphQLError(error.message, { nodes: node ?? null, extensions: { code: 'INVALID_INPUT' } });
  }
}
