import { type DocumentNode, Kind, visit } from 'graphql';

/** The arguments that decide what an operation costs; `if` is that of `@skip` and `@include`. */
const sizing = new Set(['first', 'last', 'ids', 'accountIds', 'if']);

/** The variables that `OperationArguments` looks at, anywhere in the document. */
export function sizingVariables(document: DocumentNode): readonly string[] {
  const names = new Set<string>();
  visit(document, {
    Argument({ name, value }) {
      if (value.kind === Kind.VARIABLE && sizing.has(name.value)) names.add(value.name.value);
    },
  });
  return [...names];
}

/**
 * As much of the variables as can decide what an operation costs, in a few characters: numbers and
 * booleans themselves, lists by their length, all else by its type.
 */
export function sizesOf(names: readonly string[], variables: Readonly<Record<string, unknown>>): string {
  return names.map((name) => sizeOf(Object.hasOwn(variables, name) ? variables[name] : undefined)).join();
}

function sizeOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.length}]`;
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return `${value}`;
  return typeof value;
}
