import {
  coerceInputValue,
  type GraphQLInputType,
  type GraphQLSchema,
  isInputType,
  isNonNullType,
  type OperationDefinitionNode,
  typeFromAST,
  valueFromAST,
} from 'graphql';

type Values = Readonly<Record<string, unknown>>;

interface Variable {
  readonly name: string;
  readonly type: GraphQLInputType;
  /** Makes the default value anew: a resolver may change what it gets. */
  readonly makeDefault: (() => unknown) | undefined;
}

/**
 * What the variables of an operation are coerced by (GraphQL, section 6.1.2), with their types looked up
 * once. Coerces as graphql-js does, and only says that something is wrong, not what.
 */
export class Variables {
  readonly #variables: readonly Variable[];
  readonly #isSound: boolean;

  constructor(schema: GraphQLSchema, { variableDefinitions = [] }: OperationDefinitionNode) {
    const typed = variableDefinitions.map(({ variable, type: node, defaultValue }) => {
      const type = typeFromAST(schema, node);
      if (!isInputType(type)) return undefined;
      const makeDefault = defaultValue && (() => valueFromAST(defaultValue, type));
      return { name: variable.name.value, type, makeDefault };
    });
    this.#variables = typed.filter((each) => each !== undefined);
    this.#isSound = this.#variables.length === typed.length;
  }

  /** The values with their defaults, in the form that resolvers get them in; undefined if one is at fault. */
  coerce(given: Values): Values | undefined {
    if (!this.#isSound) return undefined;
    const coerced: Record<string, unknown> = Object.create(null);
    let isFaulty = false;
    const onFault = (): void => {
      isFaulty = true;
    };
    for (const { name, type, makeDefault } of this.#variables) {
      if (Object.hasOwn(given, name)) coerced[name] = coerceInputValue(given[name], type, onFault);
      else if (makeDefault !== undefined) coerced[name] = makeDefault();
      else if (isNonNullType(type)) return undefined;
      if (isFaulty) return undefined;
    }
    return coerced;
  }
}
