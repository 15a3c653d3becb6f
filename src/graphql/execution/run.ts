import type { GraphQLError } from 'graphql';

/** A path in the response, as a linked list from the innermost key: a response name or an index. */
export interface Path {
  readonly prev: Path | undefined;
  readonly key: string | number;
}

/** The state of one execution of a compiled operation: context, variables and errors. */
export class Run {
  readonly context: unknown;
  /** Coerced variables. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly errors: GraphQLError[] = [];
  readonly #nulled = new Set<Path | undefined>();

  constructor(context: unknown, variables: Readonly<Record<string, unknown>>) {
    this.context = context;
    this.variables = variables;
  }

  /**
   * Adds an error that made the value at `path` null, undefined for the whole response. Errors inside a value that
   * is already null are ignored (GraphQL, section 6.4.4).
   */
  add(error: GraphQLError, path: Path | undefined): void {
    if (this.#nulled.size > 0 && this.#isNulled(path)) return;
    this.#nulled.add(path);
    this.errors.push(error);
  }

  #isNulled(path: Path | undefined): boolean {
    for (let at = path; at !== undefined; at = at.prev) if (this.#nulled.has(at)) return true;
    return this.#nulled.has(undefined);
  }
}

/** Converts a path to the form of `GraphQLError.path`, outermost key first. */
export function toArray(path: Path): (string | number)[] {
  const keys: (string | number)[] = [];
  for (let at: Path | undefined = path; at !== undefined; at = at.prev) keys.push(at.key);
  return keys.reverse();
}

/** Whether a value is a promise to graphql-js: an object with a method `then`. */
export function isPromise(value: unknown): value is Promise<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}
