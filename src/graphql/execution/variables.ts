import {
  coerceInputValue,
  GraphQLError,
  type GraphQLInputType,
  type GraphQLSchema,
  isInputType,
  isNonNullType,
  type OperationDefinitionNode,
  typeFromAST,
  type VariableDefinitionNode,
  valueFromAST,
} from 'graphql';
import { printPathArray } from 'graphql/jsutils/printPathArray.js';
import { type Excess, excessOf } from './excess-of.ts';

type Values = Readonly<Record<string, unknown>>;

interface Variable {
  readonly name: string;
  readonly node: VariableDefinitionNode;
  readonly type: GraphQLInputType;
  /** Makes the default value anew: a resolver may change what it gets. */
  readonly makeDefault: (() => unknown) | undefined;
}

/**
 * What the variables of an operation are coerced by (GraphQL, section 6.1.2), with their types looked up once.
 *
 * Coerces as graphql-js does, but ends with the first fault. graphql-js goes on to the end, makes an error of each
 * fault and writes the whole value into it: 56,000 unknown members took 4 s. It counts errors only behind that, and
 * the one of its own that says there were too many has no code.
 */
export class Variables {
  readonly #variables: readonly Variable[];

  constructor(schema: GraphQLSchema, { variableDefinitions = [] }: OperationDefinitionNode) {
    this.#variables = variableDefinitions.map((node) => toVariable(schema, node));
  }

  /**
   * The values with their defaults, in the form that resolvers get them in.
   *
   * @throws GraphQLError of the first fault, BAD_USER_INPUT unless a scalar says otherwise
   */
  coerce(given: Values): Values {
    const excess = excessOf(given);
    if (excess !== undefined) throw this.#faultOfExcess(excess);
    const coerced: Record<string, unknown> = Object.create(null);
    for (const { name, node, type, makeDefault } of this.#variables) {
      if (Object.hasOwn(given, name)) coerced[name] = coerceOne(given[name], node, type);
      else if (makeDefault !== undefined) coerced[name] = makeDefault();
      else if (isNonNullType(type)) {
        throw faultOf(`Variable "$${name}" of required type "${type}" was not provided.`, node);
      }
    }
    return coerced;
  }

  #faultOfExcess({ path: [variable, ...path], message }: Excess): GraphQLError {
    const node = this.#variables.find(({ name }) => name === variable)?.node;
    if (node === undefined) return faultOf(message);
    return faultWithin(node, path, new GraphQLError(message, { extensions: { code: 'INVALID_INPUT' } }));
  }
}

function toVariable(schema: GraphQLSchema, node: VariableDefinitionNode): Variable {
  const { variable, type: typeNode, defaultValue } = node;
  const name = variable.name.value;
  const type = typeFromAST(schema, typeNode);
  if (!isInputType(type))
    throw new Error(`The document is not valid: the type of $${name} is no input type.`);
  return { name, node, type, makeDefault: defaultValue && (() => valueFromAST(defaultValue, type)) };
}

function coerceOne(value: unknown, node: VariableDefinitionNode, type: GraphQLInputType): unknown {
  const name = node.variable.name.value;
  if (value === null && isNonNullType(type)) {
    throw faultOf(`Variable "$${name}" of non-null type "${type}" must not be null.`, node);
  }
  return coerceInputValue(value, type, (path, _, error) => {
    throw faultWithin(node, path, error);
  });
}

/** In the words of graphql-js, but for the value. */
function faultWithin(
  node: VariableDefinitionNode,
  path: readonly (string | number)[],
  cause: GraphQLError,
): GraphQLError {
  const name = node.variable.name.value;
  const place = path.length > 0 ? ` at "${name}${printPathArray(path)}"` : '';
  return faultOf(`Variable "$${name}" got invalid value${place}; ${cause.message}`, node, cause);
}

/** Found before execution: made 200 for who takes `application/json`. */
function faultOf(message: string, node?: VariableDefinitionNode, cause?: GraphQLError): GraphQLError {
  const extensions = { code: 'BAD_USER_INPUT', ...cause?.extensions, http: { status: 400 } };
  return new GraphQLError(message, { nodes: node ?? null, originalError: cause ?? null, extensions });
}
