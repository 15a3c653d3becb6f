import {
  GraphQLBoolean,
  type GraphQLField,
  GraphQLID,
  GraphQLInt,
  type GraphQLOutputType,
  GraphQLString,
  isEnumType,
  isNonNullType,
  isScalarType,
} from 'graphql';
import { identityFunc } from 'graphql/jsutils/identityFunc.js';

/** A leaf that is read off its object, and that may stand in the answer as it is found there. */
export interface PlainMember {
  readonly name: string;
  /** JavaScript that is true of such a `value`; an enum's `words` are in its scope. */
  readonly test: string;
  readonly words: ReadonlySet<unknown> | undefined;
}

/** Undefined for what has a resolver, or is to be completed or serialized (GraphQL, section 6.4.3). */
export function toPlainMember(field: GraphQLField<unknown, unknown>): PlainMember | undefined {
  if (field.resolve) return undefined;
  const isRequired = isNonNullType(field.type);
  const type = isNonNullType(field.type) ? field.type.ofType : field.type;
  const test = testOf(type);
  if (test === undefined) return undefined;
  const words = isEnumType(type) ? new Set(type.getValues().map(({ value }) => value)) : undefined;
  return { name: field.name, test: isRequired ? `(${test})` : `(value === null || (${test}))`, words };
}

function testOf(type: GraphQLOutputType): string | undefined {
  if (type === GraphQLString || type === GraphQLID) return "typeof value === 'string'";
  if (type === GraphQLInt) return "typeof value === 'number' && (value | 0) === value";
  if (type === GraphQLBoolean) return "typeof value === 'boolean'";
  if (isScalarType(type)) return type.serialize === identityFunc ? "typeof value === 'string'" : undefined;
  if (!isEnumType(type)) return undefined;
  return type.getValues().every(({ name, value }) => name === value) ? 'words.has(value)' : undefined;
}
