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
  readonly test: Test;
  /** Those of an enum. */
  readonly words: ReadonlySet<unknown> | undefined;
}

/** JavaScript that is true of what may stand in the answer, with the names of its value and of the set of words. */
type Test = (value: string, words: string) => string;

/** Undefined for what has a resolver, or is to be completed or serialized (GraphQL, section 6.4.3). */
export function toPlainMember(field: GraphQLField<unknown, unknown>): PlainMember | undefined {
  if (field.resolve) return undefined;
  const isRequired = isNonNullType(field.type);
  const type = isNonNullType(field.type) ? field.type.ofType : field.type;
  const testPresent = testOf(type);
  if (testPresent === undefined) return undefined;
  const words = isEnumType(type) ? new Set(type.getValues().map(({ value }) => value)) : undefined;
  const testAny: Test = (value, words) => `${value} === null || ${testPresent(value, words)}`;
  return { name: field.name, test: isRequired ? testPresent : testAny, words };
}

function testOf(type: GraphQLOutputType): Test | undefined {
  if (type === GraphQLString || type === GraphQLID) return isText;
  if (type === GraphQLInt) return (value) => `typeof ${value} === 'number' && (${value} | 0) === ${value}`;
  if (type === GraphQLBoolean) return (value) => `typeof ${value} === 'boolean'`;
  if (isScalarType(type)) return type.serialize === identityFunc ? isText : undefined;
  if (!isEnumType(type)) return undefined;
  const isPlain = type.getValues().every(({ name, value }) => name === value);
  return isPlain ? (value, words) => `${words}.has(${value})` : undefined;
}

function isText(value: string): string {
  return `typeof ${value} === 'string'`;
}
