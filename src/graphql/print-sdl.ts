import { type GraphQLSchema, printSchema } from 'graphql';

const printed = new WeakMap<GraphQLSchema, string>();

/** Prints the schema as one SDL document for client tools, without `extend` and with `@oneOf` declared. */
export function printSdl(schema: GraphQLSchema): string {
  const sdl = printed.get(schema) ?? `${oneOf}\n${printSchema(schema)}\n`;
  printed.set(schema, sdl);
  return sdl;
}

/**
 * `printSchema` omits this directive since graphql-js 16.9 has it built in. Earlier versions and Apollo's composition
 * refuse a schema that applies an undeclared directive; declaring a built-in one is allowed (GraphQL, section 3.13).
 */
const oneOf = `"""
Exactly one of the fields of the input object must be given, and it must not be null.
"""
directive @oneOf on INPUT_OBJECT
`;
