import { type DocumentNode, Kind, visit } from 'graphql';

/** The arguments that a cost depends on. `if` is the argument of `@skip` and `@include`. */
const costArguments = new Set(['first', 'last', 'ids', 'accountIds', 'if']);

/** Names of the variables of a document that the cost of its operations may depend on. */
export function costVariablesIn(document: DocumentNode): readonly string[] {
  const names = new Set<string>();
  visit(document, {
    Argument({ name, value }) {
      if (value.kind === Kind.VARIABLE && costArguments.has(name.value)) names.add(value.name.value);
    },
  });
  return [...names];
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
