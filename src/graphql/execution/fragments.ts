import { type DocumentNode, type FragmentDefinitionNode, Kind } from 'graphql';

/** Fragment definitions by name, in an object without a prototype, as graphql-js expects them. */
export type Fragments = Record<string, FragmentDefinitionNode>;

/** Returns the fragment definitions of a document. */
export function fragmentsOf({ definitions }: DocumentNode): Fragments {
  const fragments: Fragments = Object.create(null);
  for (const definition of definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
  }
  return fragments;
}
