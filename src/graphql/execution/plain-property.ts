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
import { identityFunc } from './graphql-internals.ts';

/** A leaf field without a resolver whose value is valid in the response without being serialized. */
export interface PlainProperty {
  readonly name: string;
  readonly test: Test;
  /** The values of an enum. */
  readonly enumValues: ReadonlySet<unknown> | undefined;
}

/**
 * Returns a JavaScript expression that is true for a valid value.
 *
 * @param value name of the variable with the value
 * @param enumValues name of the variable with the set of valid values, for an enum
 */
type Test = (value: string, enumValues: string) => string;

/** Undefined for a field that has a resolver, or whose value has to be serialized (GraphQL, section 6.4.3). */
export function toPlainProperty(field: GraphQLField<unknown, unknown>): PlainProperty | undefined {
  if (field.resolve) return undefined;
  const isRequired = isNonNullType(field.type);
  const type = isNonNullType(field.type) ? field.type.ofType : field.type;
  const testPresent = testOf(type);
  if (testPresent === undefined) return undefined;
  const enumValues = isEnumType(type) ? new Set(type.getValues().map(({ value }) => value)) : undefined;
  const testNullable: Test = (value, values) => `${value} === null || ${testPresent(value, values)}`;
  return { name: field.name, test: isRequired ? testPresent : testNullable, enumValues };
}

function testOf(type: GraphQLOutputType): Test | undefined {
  if (type === GraphQLString || type === GraphQLID) return isString;
  if (type === GraphQLInt) return (value) => `typeof ${value} === 'number' && (${value} | 0) === ${value}`;
  if (type === GraphQLBoolean) return (value) => `typeof ${value} === 'boolean'`;
  if (isScalarType(type)) return type.serialize === identityFunc ? isString : undefined;
  if (!isEnumType(type)) return undefined;
  const isPlain = type.getValues().every(({ name, value }) => name === value);
  return isPlain ? (value, enumValues) => `${enumValues}.has(${value})` : undefined;
}

function isString(value: string): string {
  return `typeof ${value} === 'string'`;
}
