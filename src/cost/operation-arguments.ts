import {
  type FieldNode,
  type OperationDefinitionNode,
  type SelectionNode,
  valueFromASTUntyped,
} from 'graphql';
import type { FieldRule } from './field-rules.ts';
import { maxIds, maxPageSize } from './list-limits.ts';

/** What the cost of an operation depends on besides its document. */
export interface OperationValues {
  readonly operation: Pick<OperationDefinitionNode, 'variableDefinitions'>;
  /** As the client sent them, before coercion. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** How many accounts the caller may see. */
  readonly accounts: number;
}

/**
 * Reads those arguments of fields that the cost of an operation depends on. Variables are not coerced yet: a value
 * of the wrong type counts as absent, because the operation is refused later.
 */
export class OperationArguments {
  /** Without a prototype, since a variable may have any name. */
  readonly #variables: Record<string, unknown> = Object.create(null);
  readonly #accounts: number;

  constructor({ operation, variables, accounts }: OperationValues) {
    this.#accounts = accounts;
    for (const { variable, defaultValue } of operation.variableDefinitions ?? []) {
      const name = variable.name.value;
      const given = Object.hasOwn(variables, name) ? variables[name] : undefined;
      this.#variables[name] = given === undefined && defaultValue ? valueFromASTUntyped(defaultValue) : given;
    }
  }

  /** How many calls a page may contain, 0 to `maxPageSize`. */
  size(field: FieldNode, { slicingArguments, assumedSize }: NonNullable<FieldRule['listSize']>): number {
    const sizes = slicingArguments.map((name) => this.#value(field, name)).filter(Number.isInteger);
    return sizes.length === 0 ? assumedSize : Math.min(Math.max(0, ...(sizes as number[])), maxPageSize);
  }

  /** How many ids a look-up names, 0 to `maxIds`. */
  ids(field: FieldNode, argument: string): number {
    return Math.min(this.#length(field, argument) ?? 1, maxIds);
  }

  /** How many accounts a page is read from, at most the visible ones. */
  accounts(field: FieldNode, { requests: { perAccount, accounts = '' } }: FieldRule): number {
    return perAccount === 0 ? 1 : Math.min(this.#length(field, accounts) ?? this.#accounts, this.#accounts);
  }

  /** Whether `@skip` or `@include` excludes the selection. */
  isExcluded({ directives = [] }: SelectionNode): boolean {
    return directives.some((directive) => {
      const { value } = directive.name;
      return (value === 'skip' || value === 'include') && this.#value(directive, 'if') === (value === 'skip');
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
    return node && valueFromASTUntyped(node, this.#variables);
  }
}
