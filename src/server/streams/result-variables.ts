import { type DocumentNode, Kind, type OperationDefinitionNode, visit } from 'graphql';

/**
 * The names of the variables that the result of an event depends on: all but those that only the arguments of the root
 * field use, which choose the events. Clients that go on from different events have the same results.
 */
export function resultVariables(document: DocumentNode, operation: OperationDefinitionNode): string[] {
  const roots = operation.selectionSet.selections.filter(({ kind }) => kind === Kind.FIELD);
  const names = new Set<string>();
  visit(document, {
    VariableDefinition: () => false,
    Argument: (_node, _key, _parent, _path, ancestors) => {
      const isOfRoot = roots.some((root) => root === ancestors.at(-1));
      return isOfRoot ? false : undefined;
    },
    Variable: ({ name }) => void names.add(name.value),
  });
  return [...names].sort();
}
