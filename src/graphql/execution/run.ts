import type { GraphQLError } from 'graphql';

/** Where in the answer something stands: the name of a field, or an index, behind what stands around it. */
export interface Path {
  readonly prev: Path | undefined;
  readonly key: string | number;
}

/** One execution of a compiled operation, and the errors it has met. */
export class Run {
  readonly context: unknown;
  /** Coerced. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly errors: GraphQLError[] = [];
  readonly #nulled = new Set<Path | undefined>();

  constructor(context: unknown, variables: Readonly<Record<string, unknown>>) {
    this.context = context;
    this.variables = variables;
  }

  /**
   * Notes an error that made null of the place at `path`, undefined for the whole answer. Errors from
   * within a place that is null already are passed over (GraphQL, section 6.4.4).
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

export function toArray(path: Path): (string | number)[] {
  const keys: (string | number)[] = [];
  for (let at: Path | undefined = path; at !== undefined; at = at.prev) keys.push(at.key);
  return keys.reverse();
}

/** Anything with a `then`, as for graphql-js. */
export function isPromise(value: unknown): value is Promise<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}
