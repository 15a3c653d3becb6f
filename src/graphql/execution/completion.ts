import { type FieldNode, GraphQLError, type GraphQLLeafType, isEnumType, locatedError } from 'graphql';
import { inspect } from './graphql-internals.ts';
import { isPromise, type Path, type Run, toArray } from './run.ts';

/**
 * Completes a value (GraphQL, section 6.4.3): converts what a resolver returned to what the response contains, or to a
 * native promise of it. Throws or rejects for an error, which the enclosing field handles.
 *
 * @param path of the value; undefined for leaves, which do not need it
 */
export type Complete = (run: Run, value: unknown, path: Path | undefined) => unknown;

export type ResolveType = (value: unknown, context: unknown) => unknown;

/** A compiled selection set. An interface, because `Selection` depends on this file. */
export interface ObjectSelection {
  execute(run: Run, source: unknown, path: Path | undefined): unknown;
}

/** A field for error messages, such as `Call.id`, with its nodes for the locations. */
export interface FieldLocation {
  readonly name: string;
  readonly nodes: readonly FieldNode[];
}

/** Completes a scalar or an enum. */
export function completeLeaf(type: GraphQLLeafType): Complete {
  const names = isEnumType(type)
    ? new Map(type.getValues().map((each) => [each.value, each.name]))
    : undefined;
  return (_, value) => {
    if (value === null || value === undefined) return null;
    const name = names?.get(value);
    if (name !== undefined) return name;
    if (value instanceof Error) throw value;
    const serialized = type.serialize(value);
    if (serialized !== null && serialized !== undefined) return serialized;
    throw new Error(
      `Expected \`${type.name}.serialize(${inspect(value)})\` to return non-nullable value, returned: ${serialized}`,
    );
  };
}

export function completeNonNull(inner: Complete, { name }: FieldLocation): Complete {
  return (run, value, path) => {
    const completed = inner(run, value, path);
    if (completed === null) throw new Error(`Cannot return null for non-nullable field ${name}.`);
    return completed;
  };
}

export function completeObject(selection: ObjectSelection): Complete {
  return (run, value, path) => {
    if (value === null || value === undefined) return null;
    if (value instanceof Error) throw value;
    return selection.execute(run, value, path);
  };
}

/** @param selections by the name of the object type */
export function completeAbstract(
  { name: abstract, resolveType }: { readonly name: string; readonly resolveType: ResolveType },
  selections: ReadonlyMap<unknown, ObjectSelection>,
  { name, nodes }: FieldLocation,
): Complete {
  // The message of graphql-js for a missing type, one of our own for an unknown type.
  const explain = (type: unknown) =>
    type === null || type === undefined
      ? `Abstract type "${abstract}" must resolve to an Object type at runtime for field "${name}". Either the "${abstract}" type should provide a "resolveType" function or each possible type should provide an "isTypeOf" function.`
      : `Abstract type "${abstract}" was resolved to ${inspect(type)} for field "${name}".`;
  const execute = (run: Run, value: unknown, path: Path | undefined, type: unknown) => {
    const selection = selections.get(type);
    if (selection !== undefined) return selection.execute(run, value, path);
    throw new GraphQLError(explain(type), { nodes });
  };
  return (run, value, path) => {
    if (value === null || value === undefined) return null;
    if (value instanceof Error) throw value;
    const type = resolveType(value, run.context);
    return isPromise(type)
      ? Promise.resolve(type).then((resolved) => execute(run, value, path, resolved))
      : execute(run, value, path, type);
  };
}

/** @param isNullable whether an item with an error becomes null; otherwise the whole list fails */
export function completeList(item: Complete, isNullable: boolean, { name, nodes }: FieldLocation): Complete {
  const fail = (run: Run, reason: unknown, path: Path): null => {
    const error = locatedError(reason, nodes, toArray(path));
    if (!isNullable) throw error;
    run.add(error, path);
    return null;
  };
  const completeItem = (run: Run, value: unknown, path: Path): unknown => {
    try {
      const completed = isPromise(value)
        ? Promise.resolve(value).then((resolved) => item(run, resolved, path))
        : item(run, value, path);
      return completed instanceof Promise
        ? completed.then(undefined, (reason: unknown) => fail(run, reason, path))
        : completed;
    } catch (reason) {
      return fail(run, reason, path);
    }
  };
  return (run, value, prev) => {
    if (value === null || value === undefined) return null;
    if (value instanceof Error) throw value;
    if (!isIterable(value)) {
      throw new GraphQLError(`Expected Iterable, but did not find one for field "${name}".`);
    }
    const items: unknown[] = [];
    let hasPromise = false;
    try {
      for (const each of value) {
        const completed = completeItem(run, each, { prev, key: items.length });
        if (completed instanceof Promise) hasPromise = true;
        items.push(completed);
      }
    } catch (reason) {
      // The other items are not awaited any more; handle their rejections.
      if (hasPromise) Promise.allSettled(items);
      throw reason;
    }
    return hasPromise ? Promise.all(items) : items;
  };
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}
