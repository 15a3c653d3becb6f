import { type DirectiveNode, type DocumentNode, GraphQLError, Kind, type SelectionSetNode } from 'graphql';

/**
 * Finds a subscription whose field may be left out by `@skip` or `@include`, which the draft of GraphQL forbids (section
 * 5.2.4.1). graphql-js 16 does not: its validation throws where a variable decides, and its execution where no field is
 * left. Call it before the document is validated.
 */
export function findConditionalRoot({ definitions }: DocumentNode): GraphQLError | undefined {
  const visited = new Set<SelectionSetNode>();
  const fragments = new Map(
    definitions.flatMap((each) =>
      each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each.selectionSet] as const] : [],
    ),
  );
  const find = (selectionSet: SelectionSetNode | undefined): DirectiveNode | undefined => {
    if (selectionSet === undefined || visited.has(selectionSet)) return undefined;
    visited.add(selectionSet);
    for (const each of selectionSet.selections) {
      const condition = each.directives?.find(
        ({ name: { value } }) => value === 'skip' || value === 'include',
      );
      if (condition !== undefined) return condition;
      if (each.kind === Kind.FIELD) continue;
      const inner = each.kind === Kind.FRAGMENT_SPREAD ? fragments.get(each.name.value) : each.selectionSet;
      const found = find(inner);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  for (const each of definitions) {
    if (each.kind !== Kind.OPERATION_DEFINITION || each.operation !== 'subscription') continue;
    const nodes = find(each.selectionSet);
    if (nodes !== undefined) return new GraphQLError(message, { nodes, extensions });
  }
  return undefined;
}

const message = 'The field of a subscription takes neither `@skip` nor `@include`.';
const extensions = { code: 'GRAPHQL_VALIDATION_FAILED', http: { status: 400 } };
