import { type DocumentNode, type FragmentDefinitionNode, Kind, visit } from 'graphql';

/** What the operations of a document share. Computed once: a document may have hundreds of operations. */
export interface DocumentSummary {
  /** By name. */
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Inline fragments and fragment spreads. Validation compares each pair of those in a selection set. */
  readonly fragmentCount: number;
  /** Names of the variables that the cost of an operation may depend on. */
  readonly costVariables: readonly string[];
}

/** @param costArguments the arguments of fields that a cost depends on */
export function summarize(
  document: DocumentNode,
  costArguments: ReadonlySet<string | undefined>,
): DocumentSummary {
  const fragments = new Map<string, FragmentDefinitionNode>();
  const costVariables = new Set<string>();
  let fragmentCount = 0;
  const countFragment = () => {
    fragmentCount += 1;
  };
  visit(document, {
    FragmentDefinition: (node) => void fragments.set(node.name.value, node),
    FragmentSpread: countFragment,
    InlineFragment: countFragment,
    Argument({ name, value }) {
      // `if` is the argument of `@skip` and `@include`.
      const isCost = name.value === 'if' || costArguments.has(name.value);
      if (isCost && value.kind === Kind.VARIABLE) costVariables.add(value.name.value);
    },
  });
  return { fragments, fragmentCount, costVariables: [...costVariables] };
}

/**
 * A short cache key of the variables: equal for two sets of variables with which an operation costs the same.
 * Numbers and booleans are included as they are, lists by their length, all else by its type.
 *
 * @param names of the variables that the cost depends on
 */
export function toSizeKey(names: readonly string[], variables: Readonly<Record<string, unknown>>): string {
  return names.map((name) => sizeOf(Object.hasOwn(variables, name) ? variables[name] : undefined)).join();
}

function sizeOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.length}]`;
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return `${value}`;
  return typeof value;
}
