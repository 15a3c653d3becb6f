import {
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type ValueNode,
} from 'graphql';

const defaultSize = 20;
/** A larger page, or a longer list of ids, is refused by the resolver before anything is sent. */
const largestSize = 500;
const mostIds = 100;

/**
 * The arguments of an operation's fields as far as they decide what it costs. Variables are as the client
 * sent them: what is of the wrong type is about to be refused, and counts as if it were not there.
 */
export class OperationArguments {
  readonly #variables: Readonly<Record<string, unknown>>;
  readonly #defaults: ReadonlyMap<string, ValueNode | undefined>;

  constructor(
    { variableDefinitions = [] }: OperationDefinitionNode,
    variables: Readonly<Record<string, unknown>>,
  ) {
    this.#variables = variables;
    this.#defaults = new Map(
      variableDefinitions.map(({ variable, defaultValue }) => [variable.name.value, defaultValue]),
    );
  }

  /** How many calls a page may hold: `first` or `last`, 0 to 500. */
  size(field: FieldNode): number {
    const sizes = ['first', 'last']
      .map((name) => this.#value(field, name))
      .filter(Number.isInteger) as number[];
    return sizes.length === 0 ? defaultSize : Math.min(Math.max(0, ...sizes), largestSize);
  }

  /** How many ids a look-up names, 0 to 100. */
  ids(field: FieldNode): number {
    return Math.min(this.#length(field, 'ids') ?? 1, mostIds);
  }

  /** How many accounts a list is read from, of `visible` ones; no account counts twice. */
  accounts(field: FieldNode, visible: number): number {
    return Math.min(this.#length(field, 'accountIds') ?? visible, visible);
  }

  /** Whether `@skip` or `@include` takes the selection out for certain. */
  isLeftOut({ directives }: SelectionNode): boolean {
    if (directives === undefined || directives.length === 0) return false;
    return directives.some((directive) => {
      const value = this.#value(directive, 'if');
      return directive.name.value === 'skip'
        ? value === true
        : directive.name.value === 'include' && value === false;
    });
  }

  /** A list's length; a value that is no list stands for a list of one (GraphQL, section 3.11). */
  #length(field: FieldNode, name: string): number | undefined {
    const value = this.#value(field, name);
    if (value === undefined || value === null) return undefined;
    return Array.isArray(value) ? value.length : 1;
  }

  #value({ arguments: given }: Pick<FieldNode, 'arguments'>, name: string): unknown {
    const node = given?.find((argument) => argument.name.value === name)?.value;
    return node === undefined ? undefined : this.#resolve(node);
  }

  #resolve(node: ValueNode): unknown {
    switch (node.kind) {
      case Kind.VARIABLE: {
        const name = node.name.value;
        const value = Object.hasOwn(this.#variables, name) ? this.#variables[name] : undefined;
        if (value !== undefined) return value;
        const fallback = this.#defaults.get(name);
        return fallback === undefined ? undefined : this.#resolve(fallback);
      }
      case Kind.INT:
        return Number(node.value);
      case Kind.BOOLEAN:
        return node.value;
      case Kind.NULL:
        return null;
      case Kind.LIST:
        return node.values;
      default:
        return {};
    }
  }
}
