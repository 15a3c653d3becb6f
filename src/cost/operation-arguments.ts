import {
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type ValueNode,
} from 'graphql';

const defaultSize = 20;
/** The resolver refuses a larger page, or a longer list of ids, before it sends a request. */
const maxSize = 500;
const maxIds = 100;

/**
 * Reads those arguments of fields that the cost of an operation depends on. Variables are not coerced yet: a value
 * of the wrong type counts as absent, because the operation is refused later.
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

  /** How many calls a page may contain: `first` or `last`, 0 to 500. */
  size(field: FieldNode): number {
    const sizes = ['first', 'last']
      .map((name) => this.#value(field, name))
      .filter(Number.isInteger) as number[];
    return sizes.length === 0 ? defaultSize : Math.min(Math.max(0, ...sizes), maxSize);
  }

  /** How many ids a look-up names, 0 to 100. */
  ids(field: FieldNode): number {
    return Math.min(this.#length(field, 'ids') ?? 1, maxIds);
  }

  /** How many accounts a list is read from, at most the `visible` ones. */
  accounts(field: FieldNode, visible: number): number {
    return Math.min(this.#length(field, 'accountIds') ?? visible, visible);
  }

  /** Whether `@skip` or `@include` excludes the selection. */
  isExcluded({ directives }: SelectionNode): boolean {
    if (directives === undefined || directives.length === 0) return false;
    return directives.some((directive) => {
      const value = this.#value(directive, 'if');
      return directive.name.value === 'skip'
        ? value === true
        : directive.name.value === 'include' && value === false;
    });
  }

  /** The length of a list. A single value is coerced to a list of one (GraphQL, section 3.11). */
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
