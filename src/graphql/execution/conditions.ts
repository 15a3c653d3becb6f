import {
  type ASTNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  visit,
} from 'graphql';

type Fragments = Readonly<Record<string, FragmentDefinitionNode>>;

/** The variables that decide, by `@skip` and `@include`, what an operation selects (GraphQL, section 3.13). */
export class Conditions {
  readonly names: readonly string[];

  constructor(operation: OperationDefinitionNode, fragments: Fragments) {
    this.names = namesIn(operation, fragments);
  }

  /** How they have come out, a letter each; undefined where one is neither true nor false: an error. */
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

/** In the operation and in all that it spreads; another operation's variables mean something else. */
function namesIn(operation: OperationDefinitionNode, fragments: Fragments): readonly string[] {
  const names = new Set<string>();
  const parts = new Set<ASTNode>([operation]);
  // Those that are added meanwhile are come to as well.
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
