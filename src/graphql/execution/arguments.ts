import {
  type FieldNode,
  type GraphQLArgument,
  type GraphQLField,
  getArgumentValues,
  isNonNullType,
  Kind,
} from 'graphql';

/**
 * Creates the coercion of a field's arguments (GraphQL, section 6.4.1). Arguments that are variables are copied from
 * the coerced variables; if an argument is anything else, graphql-js coerces all of them each time.
 */
export function createArgumentsOf(definition: GraphQLField<unknown, unknown>, node: FieldNode): ArgumentsOf {
  if (definition.args.length === 0) return () => none;
  const viaGraphQL: ArgumentsOf = (variables) => getArgumentValues(definition, node, variables);
  const sources = definition.args.map((argument) => sourceOf(argument, node));
  const simple = sources.filter((source) => source !== undefined);
  if (simple.length < sources.length) return viaGraphQL;
  return (variables) => {
    const values: Record<string, unknown> = {};
    for (const { name, variable, fallback, isRequired } of simple) {
      const isGiven = variable !== undefined && variable in variables;
      const value = isGiven ? variables[variable] : fallback;
      // Let graphql-js throw its own error.
      if (isRequired && (value === undefined || value === null)) return viaGraphQL(variables);
      if (isGiven || value !== undefined) values[name] = value;
    }
    return values;
  };
}

type Values = Readonly<Record<string, unknown>>;

/** Returns the argument values of a field, a new object each time. Throws as graphql-js does. */
export type ArgumentsOf = (variables: Values) => object;

const none = Object.freeze({});

interface Source {
  readonly name: string;
  /** The name of the variable; undefined if the document does not give the argument. */
  readonly variable: string | undefined;
  /** The default value. */
  readonly fallback: unknown;
  readonly isRequired: boolean;
}

/** Undefined for a literal, and for a default value that is an object, which resolvers must not share. */
function sourceOf({ name, type, defaultValue }: GraphQLArgument, node: FieldNode): Source | undefined {
  const value = node.arguments?.find((argument) => argument.name.value === name)?.value;
  if (value !== undefined && value.kind !== Kind.VARIABLE) return undefined;
  if (typeof defaultValue === 'object' && defaultValue !== null) return undefined;
  return { name, variable: value?.name.value, fallback: defaultValue, isRequired: isNonNullType(type) };
}
