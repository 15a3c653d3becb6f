import {
  type FieldNode,
  type GraphQLArgument,
  type GraphQLField,
  getArgumentValues,
  isNonNullType,
  Kind,
} from 'graphql';

type Values = Readonly<Record<string, unknown>>;

/** Gives a field's arguments, of an object of their own each time. Throws as graphql-js does. */
export type ArgumentsOf = (variables: Values) => object;

const none = Object.freeze({});

/**
 * Decides once where a field's arguments come from (GraphQL, section 6.4.1). One that is a whole variable is
 * taken from there; for whatever else, graphql-js is asked each time.
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
      // What graphql-js has to say of it, it is to say itself.
      if (isRequired && (value === undefined || value === null)) return viaGraphQL(variables);
      if (isGiven || value !== undefined) values[name] = value;
    }
    return values;
  };
}

interface Source {
  readonly name: string;
  /** Absent where the argument is not given in the document. */
  readonly variable: string | undefined;
  /** The default value. */
  readonly fallback: unknown;
  readonly isRequired: boolean;
}

/** Undefined for a literal, and for a default that is an object: the resolver is to have one of its own. */
function sourceOf({ name, type, defaultValue }: GraphQLArgument, node: FieldNode): Source | undefined {
  const value = node.arguments?.find((argument) => argument.name.value === name)?.value;
  if (value !== undefined && value.kind !== Kind.VARIABLE) return undefined;
  if (typeof defaultValue === 'object' && defaultValue !== null) return undefined;
  return { name, variable: value?.name.value, fallback: defaultValue, isRequired: isNonNullType(type) };
}
