import { type ASTNode, Kind, type OperationDefinitionNode, visit } from 'graphql';
import type { Fragments } from './fragments.ts';

/** The variables that `@skip` and `@include` of an operation use (GraphQL, section 3.13). */
export class Conditions {
  readonly names: readonly string[];

  constructor(operation: OperationDefinitionNode, fragments: Fragments) {
    this.names = namesIn(operation, fragments);
  }

  /** A cache key of the values, one letter for each variable; undefined if one is not a boolean, which is an error. */
  variantOf(variables: Readonly<Record<string, unknown>>): string | undefined {
    let variant = '';
    for (const name of this.names) {
      const value = variables[name];
      if (typeof value !== 'boolean') return undefined;
      variant += value ? 'y' : 'n';
    }
    return variant;
  }
}

/** Visits the operation and the fragments that it spreads. */
function namesIn(operation: OperationDefinitionNode, fragments: Fragments): readonly string[] {
  const names = new Set<string>();
  const parts = new Set<ASTNode>([operation]);
  // A set iterates over elements that are added during the iteration too.
  for (const part of parts) {
    visit(part, {
      FragmentSpread({ name }) {
        const fragment = fragments[name.value];
        if (fragment !== undefined) parts.add(fragment);
      },
      Directive({ name, arguments: given = [] }) {
        if (name.value !== 'skip' && name.value !== 'include') return;
        for (const { value } of given) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
      },
    });
  }
  return [...names];
}
