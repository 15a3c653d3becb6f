import { type GraphQLSchema, printSchema } from 'graphql';

/**
 * Built into graphql-js since 16.9, so that `printSchema` leaves it out. Apollo's composition and graphql-js
 * before that version refuse a schema that applies an undeclared directive; declaring a built-in one is allowed
 * (GraphQL, section 3.13).
 */
const oneOf = `"""
Exactly one of the fields of the input object must be given, and it must not be null.
"""
directive @oneOf on INPUT_OBJECT
`;

/**
 * The schema as one text that clients' tools read: every type in one piece, with no `extend`, and every
 * directive that is applied declared or specified before 2025.
 */
export function printSdl(schema: GraphQLSchema): string {
  return `${oneOf}\n${printSchema(schema)}\n`;
}
